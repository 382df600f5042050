//! A term as a letter says it: to the customer ("you"), without contractions.

use std::collections::BTreeSet;

use chrono::NaiveTime;

use super::{Words, blocked, exception, reach, topic_list};
use crate::rules::measure::phrase::{any, by, by_writing, days, each, matters, minutes_said, rhythm, so_many, stopped};
use crate::rules::measure::{Cadence, Channel, ComplaintStep, Day, Fate, Purpose, Term, TopicMode};
use crate::rules::say;

impl Term {
    /// The term as the notice letter says it: to the customer, without contractions.
    pub fn sentence_for_letter(&self, words: &Words<'_>) -> String {
        let unless = words.unless();
        match self {
            Self::SinglePointOfContact { name, job, phone, email, cover, .. } => format!(
                "Please contact {name}, {job}, {}. When {name} is away, {cover} will help you. Anyone here can help you with {}.",
                reach(phone, email, "on", "at"),
                Words::stays_open(words.always_open)
            ),
            Self::NamedTeam { team, phone, email } => format!(
                "Please contact {team}, {}. Anybody there can help you. Anyone here can help you with {}.",
                reach(phone, email, "on", "at"),
                Words::stays_open(words.always_open)
            ),
            Self::Channels { closed } => {
                format!("Please do not contact us {}, {unless}.", by(closed, say::either))
            }
            Self::Times { channel: Channel::Visit, days: on, from, until } => {
                format!("We will visit you at home on {}, between {}, {unless}.", days_of(on), hours_between(*from, *until))
            }
            Self::Times { channel, days: on, from, until } => {
                format!("Please {} {}, between {}, {unless}.", asks(*channel), on_days(on), hours_between(*from, *until))
            }
            Self::Duration { channels, minutes } => {
                format!("We will keep {} to {}, {unless}.", each(channels), minutes_said(*minutes))
            }
            Self::Quota { channel, count, per, exempt, answered_on } => {
                let open: BTreeSet<Purpose> = exempt.union(words.always_open).copied().collect();
                let answer = answered_on.map_or_else(String::new, |day| format!(" We answer on {day}s."));
                format!(
                    "Please keep to {}.{answer} Contact about {} does not count.",
                    so_many(*channel, *count, *per),
                    Words::stays_open(&open)
                )
            }
            Self::Issues { count, per } => format!("Please bring us no more than {}, {unless}.", matters(*count, *per)),
            Self::Replies { every, on, by, one_for_all } => replies(*every, *on, by, *one_for_all, &words.urgent()),
            Self::RegularCall { by, every, on, at } => {
                format!(
                    "{} will ring you {}, at {}. If a call does not come, please tell us.",
                    say::sentence(by.trim()),
                    rhythm(*every, *on),
                    say::time(*at)
                )
            }
            Self::AppointmentOnly { with, channels, .. } => appointment(with, channels),
            Self::RepresentativeOnly { name } => {
                format!("Please contact us through {name}, who speaks for you, {unless}.")
            }
            Self::AdvocateInvited { who } => format!(
                "If you would like, somebody can speak for you, or be with you when we talk: {}. Tell us who it is. This is an offer, and you do not have to take it.",
                who.trim()
            ),
            Self::Premises { places, events } => {
                let mut closed = places.clone();
                closed.extend(events.then(|| "our events".to_owned()));
                format!("Please do not come to {}. You can still reach us in the other ways in this letter.", say::either(&closed))
            }
            Self::Topics { mode, topics, purposes } => {
                let all = topic_list(topics, purposes);
                match mode {
                    TopicMode::Excluded => {
                        format!("We will not discuss {} with you.", say::either(&all))
                    }
                    TopicMode::Only => format!(
                        "We will discuss only {} with you. You can still tell us about {}.",
                        say::list(&all),
                        Words::stays_open(words.always_open)
                    ),
                }
            }
            Self::Complaint { step, which, why } => complaint(*step, which.trim(), &stopped(why)),
            Self::Documents { fate, about, checked_by, .. } => documents(*fate, about.trim(), checked_by.trim()),
            Self::TwoPersonVisits { why } => {
                format!("Two members of staff will come to any visit to your home. The reason is this: {}", stopped(why))
            }
            Self::Witness { channels, who } => {
                format!("{} will be present as well at {} with you.", say::sentence(who.trim()), any(channels))
            }
            Self::ReadAndFile { about, reader } => {
                format!("{reader} will read everything you send us about {about}. We will reply only if it raises something new or urgent.")
            }
            Self::Withdrawn { what, why } => format!("We have withdrawn {}. The reason is this: {}", what.trim(), stopped(why)),
            Self::EndDirectContact { except, leaves } => format!(
                "Please contact us only {}, {unless}. We will not speak with you by phone, in person or on social media about anything else.{}",
                by_writing(leaves),
                exception(except)
            ),
            Self::EndAllContact { except } => format!(
                "We will not deal with contact from you any more, {unless}. For those you can still ring us, write to us or come to see us.{}",
                exception(except)
            ),
            Self::TechnicalBlock { what, detail, .. } => {
                format!("We have blocked {} ({detail}). We will remove the block when the {} ends.", blocked(*what), words.restriction)
            }
            Self::Scope { reach, names } => match reach.narrows() {
                true => format!("This is only about your contact with {}. You can contact everybody else here as usual.", say::list(names)),
                false => format!("This holds for your contact with {} too.", say::list(names)),
            },
            Self::Other { words } => stopped(words),
        }
    }
}

fn replies(every: Option<Cadence>, on: Option<Day>, by: &str, one_for_all: bool, urgent: &str) -> String {
    let by = say::sentence(by.trim());
    let all = "One reply answers everything you sent us before it.";
    match (every, on) {
        (Some(every), Some(on)) => {
            let all = if one_for_all { format!(" {all}") } else { String::new() };
            format!("{by} will reply to you {}.{all} We answer sooner if it is {urgent}.", rhythm(every, on))
        }
        _ => format!("{by} will reply to you once for several messages. {all}"),
    }
}

fn complaint(step: ComplaintStep, which: &str, why: &str) -> String {
    match step {
        ComplaintStep::Declined => {
            format!("We will not look into {which}. The reason is this: {why} You can ask the Ombudsman to look at that.")
        }
        ComplaintStep::Held => {
            format!("We are putting {which} on hold. The reason is this: {why} We will tell you when we go on with it.")
        }
        ComplaintStep::Closed => {
            format!("We are closing {which}. The reason is this: {why} You can ask the Ombudsman to look at that.")
        }
        ComplaintStep::Accelerated => format!(
            "We will give you our final answer to {which} without the stages before it. The reason is this: {why} After it you can go to the Ombudsman."
        ),
    }
}

fn documents(fate: Fate, about: &str, checked_by: &str) -> String {
    let checked = format!("{} looks at each one first, and we keep a copy.", say::sentence(checked_by));
    match fate {
        Fate::Returned => format!("We will send back {about} that you send us. {checked}"),
        Fate::Destroyed => {
            format!("If you send us more of these, we will destroy them: {about}. {checked} We never destroy evidence or a legal paper.")
        }
    }
}

const fn asks(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "ring us",
        Channel::Email => "email us",
        Channel::Text => "text us",
        Channel::Letter => "write to us",
        Channel::Online => "use our online form",
        Channel::Chat => "chat with us",
        Channel::Person => "come to see us",
        Channel::Visit => "expect us",
        Channel::Social => "message us on social media",
    }
}

fn on_days(on: &BTreeSet<Day>) -> String {
    if on.len() == 7 { days(on) } else { format!("on {}", days(on)) }
}

fn days_of(on: &BTreeSet<Day>) -> String {
    if on.len() == 7 { "any day".to_owned() } else { days(on) }
}

fn hours_between(from: NaiveTime, until: NaiveTime) -> String {
    say::span(from, until).replacen(" to ", " and ", 1)
}

fn appointment(with: &str, channels: &BTreeSet<Channel>) -> String {
    let office = channels.contains(&Channel::Person);
    let home = channels.contains(&Channel::Visit);
    match (office, home) {
        (true, true) => format!(
            "Please make an appointment with {with} before you visit our offices. We will come to your home by appointment with {with} too."
        ),
        (false, true) => format!("We will come to your home by appointment with {with} only."),
        _ => format!("Please make an appointment with {with} before you visit our offices."),
    }
}
