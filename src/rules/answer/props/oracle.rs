//! The answer once more, slowly and from the wording of the measures alone: what it says has to be what this says, for any terms, at any
//! minute, by any way, for whoever is on the other end and whatever it is about.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::any::{had, one, term};
use super::{Question, SAID, ask, restriction};
use crate::rules::answer::{Answer, RepresentativeLine, RestrictionLine, Speaker};
use crate::rules::measure::{Block, Channel, ComplaintStep, Day, Purpose, Scope, Term, TopicMode, Way};
use crate::rules::tone::Tone;

/// What becomes of a contact about one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Whatever is limited.
    Always,
    Normal,
    /// Only through somebody, at another time, or not by this way.
    Limited,
    /// It is left out by name.
    LeftOut,
}

/// Everything that speaks for another answer than "as normal".
#[derive(Default)]
struct Findings {
    stop: bool,
    care: bool,
    agreed: bool,
    info: bool,
    limited: bool,
    left_out: Vec<Purpose>,
}

struct Case<'a> {
    lines: Vec<(&'a RestrictionLine, Vec<&'a Term>)>,
    local: NaiveDateTime,
    way: Way,
    had: &'a BTreeSet<Channel>,
    speaker: Speaker,
    used: u16,
    open: Vec<Purpose>,
    consent: bool,
    in_force: bool,
}

/// London is an hour ahead from the last Sunday of March to the last Sunday of October, at one in the morning by Greenwich.
fn london(minute: i64) -> NaiveDateTime {
    let utc = DateTime::from_timestamp(minute * 60, 0).expect("a minute").naive_utc();
    let last_sunday = |month: u32| {
        let mut day = NaiveDate::from_ymd_opt(utc.year(), month, 31).expect("a day");
        while day.weekday() != Weekday::Sun {
            day = day.pred_opt().expect("a day before");
        }
        day.and_hms_opt(1, 0, 0).expect("an hour")
    };
    if utc >= last_sunday(3) && utc < last_sunday(10) { utc + TimeDelta::hours(1) } else { utc }
}

/// The purposes that the words of these tests name outright.
fn names(words: &str) -> Option<Purpose> {
    match words {
        "repairs" => Some(Purpose::Repair),
        "all complaints" | "complaints" => Some(Purpose::Complaint),
        "appeals" => Some(Purpose::Appeal),
        "the rent" | "payments" => Some(Purpose::Payment),
        _ => None,
    }
}

fn about(term: &Term, service: &str) -> bool {
    let Term::Scope { reach, names } = term else { return true };
    match reach {
        Scope::SeveralOrganisations | Scope::Organisation => true,
        Scope::Person => names.iter().any(|name| name == service || name == "Joe Wray"),
        Scope::Service | Scope::Team => service.is_empty() || names.iter().any(|name| name == service),
    }
}

fn concerns(speaker: Speaker, term: &Term) -> bool {
    use Term::{
        Complaint, Documents, Issues, NamedTeam, Other, ReadAndFile, Replies, SinglePointOfContact, Topics, TwoPersonVisits, Withdrawn,
        Witness,
    };
    let at_the_door = matches!(term, TwoPersonVisits { .. } | Witness { .. });
    let what_is_said = matches!(
        term,
        SinglePointOfContact { .. }
            | NamedTeam { .. }
            | Topics { .. }
            | Complaint { .. }
            | ReadAndFile { .. }
            | Replies { .. }
            | Issues { .. }
            | Documents { .. }
            | Withdrawn { .. }
            | Other { .. }
    );
    match speaker {
        Speaker::Customer => true,
        Speaker::Representative => at_the_door || what_is_said,
        Speaker::Household => at_the_door,
    }
}

fn is_named(term: &Term, channel: Channel) -> bool {
    match term {
        Term::Channels { closed: some }
        | Term::EndDirectContact { leaves: some, .. }
        | Term::AppointmentOnly { channels: some, .. }
        | Term::Duration { channels: some, .. }
        | Term::Witness { channels: some, .. } => some.contains(&channel),
        Term::Times { channel: one, .. } | Term::Quota { channel: one, .. } => *one == channel,
        Term::SinglePointOfContact { phone, email, .. } | Term::NamedTeam { phone, email, .. } => match channel {
            Channel::Phone => !phone.is_empty(),
            Channel::Email => !email.is_empty(),
            _ => false,
        },
        _ => false,
    }
}

impl Case<'_> {
    fn terms(&self) -> impl Iterator<Item = &Term> {
        self.lines.iter().flat_map(|(_, terms)| terms.iter().copied())
    }

    fn is_closed(&self, channel: Channel) -> bool {
        self.terms().any(|term| match term {
            Term::Channels { closed } => closed.contains(&channel),
            Term::EndDirectContact { leaves, .. } => !leaves.contains(&channel),
            Term::EndAllContact { .. } => true,
            _ => false,
        })
    }

    /// A channel of this way that the landlord has, by its policy or by a measure that names it. Where it has none, whoever asks is answered
    /// as if it had them all.
    fn is_here(&self, channel: Channel) -> bool {
        let is_had = |one: Channel| self.had.contains(&one) || self.terms().any(|term| is_named(term, one));
        let has_any = Channel::ALL.iter().any(|one| self.is_of_the_way(*one) && is_had(*one));
        self.is_of_the_way(channel) && (is_had(channel) || !has_any)
    }

    fn is_of_the_way(&self, channel: Channel) -> bool {
        match self.way {
            Way::Phone => channel == Channel::Phone,
            Way::Writing => matches!(channel, Channel::Email | Channel::Text | Channel::Letter | Channel::Online),
            Way::Chat => channel == Channel::Chat,
            Way::Person => channel == Channel::Person,
            Way::Visit => channel == Channel::Visit,
            Way::Social => channel == Channel::Social,
        }
    }

    fn is_open_here(&self, channel: Channel) -> bool {
        self.is_here(channel) && !self.is_closed(channel)
    }

    fn closed_here(&self) -> bool {
        !Channel::ALL.iter().any(|channel| self.is_open_here(*channel))
    }

    fn partly_closed(&self) -> bool {
        Channel::ALL.iter().any(|channel| self.is_here(*channel) && self.is_closed(*channel))
    }

    /// Within set times: nothing where there are none, and otherwise whether every restriction with set times has one for this minute.
    fn within_times(&self, channel: Channel) -> Option<bool> {
        let mut all = None;
        for (_, terms) in &self.lines {
            let mut bound = false;
            let mut inside = false;
            for term in terms {
                if let Term::Times { channel: other, days, from, until } = term
                    && *other == channel
                {
                    bound = true;
                    let today = Day::ALL[self.local.weekday().num_days_from_monday() as usize];
                    inside |= days.contains(&today) && self.local.time() >= *from && self.local.time() < *until;
                }
            }
            if bound {
                all = Some(all.unwrap_or(true) && inside);
            }
        }
        all
    }

    fn is_open(&self, words: &str) -> bool {
        names(words).is_some_and(|purpose| self.open.contains(&purpose))
    }

    fn findings(&self) -> Findings {
        let mut found = Findings::default();
        if self.speaker == Speaker::Representative && !self.consent {
            (found.care, found.limited) = (true, true);
        }
        for term in self.terms() {
            self.whatever_is_closed(term, &mut found);
        }
        if self.closed_here() {
            (found.stop, found.limited) = (true, true);
            return found;
        }
        found.care |= self.partly_closed();
        for channel in Channel::ALL.iter().filter(|channel| self.is_open_here(**channel)) {
            match self.within_times(*channel) {
                Some(true) => found.agreed = true,
                Some(false) => (found.care, found.limited) = (true, true),
                None => {}
            }
        }
        for term in self.terms() {
            self.where_it_is_open(term, &mut found);
        }
        found
    }

    fn whatever_is_closed(&self, term: &Term, found: &mut Findings) {
        match term {
            Term::RepresentativeOnly { .. } => (found.stop, found.limited) = (true, true),
            Term::Other { .. } => found.care = true,
            Term::TwoPersonVisits { .. } => found.info |= self.way == Way::Visit,
            Term::Witness { channels, .. } => found.info |= channels.iter().any(|channel| self.is_here(*channel)),
            Term::RegularCall { .. } => found.info |= self.way == Way::Phone,
            Term::AdvocateInvited { .. } | Term::Withdrawn { .. } => found.info = true,
            Term::Complaint { step, which, .. } if !self.is_open(which) => match step {
                ComplaintStep::Held | ComplaintStep::Accelerated => found.info = true,
                ComplaintStep::Declined | ComplaintStep::Closed => {
                    found.care = true;
                    found.left_out.extend(names(which));
                }
            },
            _ => {}
        }
    }

    fn where_it_is_open(&self, term: &Term, found: &mut Findings) {
        let writing = matches!(self.way, Way::Writing | Way::Chat | Way::Social);
        match term {
            Term::Quota { channel, count, .. } if self.is_open_here(*channel) => {
                let spent = self.used >= *count;
                found.info |= !spent;
                found.care |= spent;
                found.limited |= spent;
            }
            Term::SinglePointOfContact { .. } | Term::NamedTeam { .. } if self.way != Way::Visit => {
                (found.care, found.limited) = (true, true);
            }
            Term::AppointmentOnly { channels, .. } if channels.iter().any(|channel| self.is_here(*channel)) => {
                (found.care, found.limited) = (true, true);
            }
            Term::Duration { channels, .. } => found.info |= channels.iter().any(|channel| self.is_open_here(*channel)),
            Term::Premises { .. } => found.care |= self.way == Way::Person,
            Term::Topics { mode: TopicMode::Only, .. } => (found.care, found.limited) = (true, true),
            Term::Topics { mode: TopicMode::Excluded, topics, purposes } => {
                let left: Vec<Purpose> = purposes.iter().copied().filter(|one| !self.open.contains(one)).collect();
                found.care |= !left.is_empty() || topics.iter().any(|topic| !self.is_open(topic));
                found.left_out.extend(left);
                found.left_out.extend(topics.iter().filter(|topic| !self.is_open(topic)).filter_map(|topic| names(topic)));
            }
            Term::ReadAndFile { .. } => found.care |= writing,
            Term::Issues { .. } => found.care = true,
            Term::Replies { every: Some(_), .. } if writing => (found.care, found.limited) = (true, true),
            Term::Replies { .. } => found.info |= writing,
            Term::Documents { .. } => found.info |= matches!(self.way, Way::Writing | Way::Person),
            Term::TechnicalBlock { what, .. } => {
                found.info |= match what {
                    Block::Number => self.way == Way::Phone,
                    Block::Mailbox => self.way == Way::Writing,
                    Block::Social | Block::OwnSocial => self.way == Way::Social,
                    Block::OwnPhone => matches!(self.way, Way::Phone | Way::Writing | Way::Chat),
                };
            }
            _ => {}
        }
    }

    fn tone(&self, found: &Findings) -> Tone {
        let last = match self.speaker {
            Speaker::Representative => Tone::Ok,
            Speaker::Household => Tone::Info,
            Speaker::Customer if self.in_force => Tone::Info,
            Speaker::Customer => Tone::Ok,
        };
        match found {
            Findings { stop: true, .. } => Tone::Stop,
            Findings { care: true, .. } => Tone::Care,
            Findings { agreed: true, .. } => Tone::Ok,
            Findings { info: true, .. } => Tone::Info,
            _ => last,
        }
    }

    fn verdict(&self, found: &Findings, purpose: Purpose) -> Verdict {
        match () {
            () if self.open.contains(&purpose) => Verdict::Always,
            () if found.left_out.contains(&purpose) => Verdict::LeftOut,
            () if found.limited => Verdict::Limited,
            () => Verdict::Normal,
        }
    }
}

/// What a member of staff reads off the answer about one purpose.
fn read(answer: &Answer, open: usize, purpose: Purpose) -> Verdict {
    let said = SAID[..open].iter().find(|(one, _)| *one == purpose).map_or(purpose.may(), |(_, say)| say);
    let discuss = |line: &String| line.strip_prefix("Discuss ").is_some_and(|what| what == purpose.many() || names(what) == Some(purpose));
    match () {
        () if answer.always_worded().contains(&said) => Verdict::Always,
        () if answer.may_not.iter().any(discuss) => Verdict::LeftOut,
        () if answer.may.iter().any(|line| line.starts_with("Deal with anything")) => Verdict::Normal,
        () => Verdict::Limited,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_answer_shown_is_what_the_measures_say(
        bundles in vec(vec(term(), 1..4), 0..4),
        ends: bool,
        way in one(Way::ALL),
        // 2026 to 2028, every minute.
        minute in 29_453_760i64..31_032_000,
        used in 0u16..4,
        open in 0usize..4,
        speaker in one(Speaker::ALL),
        service in select(&["", "Repairs", "the lettings team", "anybody else here"][..]),
        consent: bool,
        had in had(),
    ) {
        let whole: Vec<RestrictionLine> = bundles.into_iter().map(|terms| restriction(terms, ends)).collect();
        let grace = RepresentativeLine { name: "Grace Mensah".into(), relation: "sister".into(), consent_until: None, note: None };
        let representatives = if consent { vec![grace] } else { Vec::new() };
        let (family, representatives) = ("Ashworth", &representatives[..]);
        let question =
            Question { restrictions: &whole, way, minute, used, family, open, speaker, service, representatives, had: &had };
        let answer = ask(&question);

        let local = london(minute);
        let in_force: Vec<&RestrictionLine> = whole.iter().filter(|one| one.until.is_none_or(|last| local.date() <= last)).collect();
        let here = in_force.iter().filter(|one| one.terms.iter().all(|term| about(term, service)));
        let named = in_force.iter().flat_map(|one| &one.terms).any(|term| matches!(term.term, Term::RepresentativeOnly { .. }));
        let case = Case {
            lines: here.map(|one| (*one, one.terms.iter().map(|one| &one.term).filter(|term| concerns(speaker, term)).collect())).collect(),
            local,
            way,
            had: &had,
            speaker,
            used,
            open: SAID[..open].iter().map(|(purpose, _)| *purpose).chain(Purpose::FLOOR).collect(),
            consent: consent || named,
            in_force: !in_force.is_empty(),
        };
        let found = case.findings();
        prop_assert_eq!(answer.tone, case.tone(&found), "{:?}", answer);
        for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::Other) {
            let harmless = [Purpose::Emergency, Purpose::Repair, Purpose::Safeguarding, Purpose::Legal, Purpose::Appeal];
            let is_somebody_else = speaker == Speaker::Household || speaker == Speaker::Representative && !case.consent;
            let expected = match case.verdict(&found, *purpose) {
                Verdict::Always if is_somebody_else && !harmless.contains(purpose) => Verdict::Limited,
                Verdict::Normal if is_somebody_else => Verdict::Limited,
                verdict => verdict,
            };
            prop_assert_eq!(read(&answer, open, *purpose), expected, "{:?}: {:?}", purpose, answer);
        }
    }
}
