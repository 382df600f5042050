//! Whether a change of terms asks no more of the customer than what holds. Whoever looks at a restriction again may ask for less; to ask for
//! more is a new decision, and goes through everybody the policy names for one.

use std::collections::BTreeSet;

use super::{Channel, Chosen, Period, Term, TopicMode};

/// Those of the terms wanted that ask more of the customer than the terms held, in their order; and a scope held that is left out, since what
/// stood for some people or places would then stand for all. A channel that the landlord does not have takes nothing from anybody.
pub fn asks_more<'a>(held: &'a [Chosen], wanted: &'a [Chosen], had: &BTreeSet<Channel>) -> Vec<&'a Chosen> {
    let closed: BTreeSet<Channel> = held.iter().flat_map(|term| term.closes()).collect();
    let more = wanted
        .iter()
        .filter(|term| !held.contains(term) && !is_way_in(term, &closed, held, had) && !held.iter().any(|one| eases(one, term)));
    let is_scope = |term: &Chosen| matches!(term.term, Term::Scope { .. });
    let scope_left_out = held.iter().filter(|term| is_scope(term) && !wanted.iter().any(is_scope));
    more.chain(scope_left_out).collect()
}

/// Whether the term lets in what was closed wholly, or promises something of ours: no such term asks anything more.
fn is_way_in(term: &Chosen, closed: &BTreeSet<Channel>, held: &[Chosen], had: &BTreeSet<Channel>) -> bool {
    let ended = || held.iter().any(|one| matches!(one.term, Term::EndDirectContact { .. } | Term::EndAllContact { .. }));
    match &term.term {
        Term::RegularCall { .. } | Term::AdvocateInvited { .. } | Term::Replies { one_for_all: false, .. } => true,
        Term::Channels { .. } | Term::EndDirectContact { .. } => term.closes().intersection(had).all(|one| closed.contains(one)),
        Term::Times { .. } | Term::Quota { .. } | Term::Duration { .. } | Term::AppointmentOnly { .. } | Term::Witness { .. } => {
            term.relies_on().is_subset(closed)
        }
        Term::SinglePointOfContact { .. } | Term::NamedTeam { .. } => ended(),
        // It narrows what the measures beside it touch.
        Term::Scope { reach, .. } => reach.narrows() && !held.iter().any(|one| matches!(one.term, Term::Scope { .. })),
        _ => false,
    }
}

/// Whether the second asks no more than the first, where both are of one kind.
fn eases(held: &Term, now: &Term) -> bool {
    use Term as T;
    match (held, now) {
        (T::SinglePointOfContact { .. }, T::SinglePointOfContact { .. } | T::NamedTeam { .. })
        | (T::NamedTeam { .. }, T::NamedTeam { .. })
        | (T::RepresentativeOnly { .. }, T::RepresentativeOnly { .. })
        | (T::TwoPersonVisits { .. }, T::TwoPersonVisits { .. })
        | (T::EndAllContact { .. }, T::EndDirectContact { .. }) => true,
        (T::Times { channel, days, from, until }, T::Times { channel: channel2, days: days2, from: from2, until: until2 }) => {
            let a_week = |days: &BTreeSet<_>, minutes: i64| minutes * i64::try_from(days.len()).unwrap_or(i64::MAX);
            channel == channel2 && a_week(days2, (*until2 - *from2).num_minutes()) >= a_week(days, (*until - *from).num_minutes())
        }
        (T::Duration { channels, minutes }, T::Duration { channels: channels2, minutes: minutes2 }) => {
            channels2.is_subset(channels) && minutes2 >= minutes
        }
        (T::Quota { channel, count, per, exempt, .. }, T::Quota { channel: channel2, count: count2, per: per2, exempt: exempt2, .. }) => {
            channel == channel2 && a_year(*count2, *per2) >= a_year(*count, *per) && exempt.is_subset(exempt2)
        }
        (T::Issues { count, per }, T::Issues { count: count2, per: per2 }) => per == per2 && count2 >= count,
        (T::Replies { .. }, T::Replies { .. }) => matches!(held, T::Replies { one_for_all: true, .. }),
        (T::AppointmentOnly { channels, .. }, T::AppointmentOnly { channels: channels2, .. })
        | (T::Witness { channels, .. }, T::Witness { channels: channels2, .. }) => channels2.is_subset(channels),
        (T::Premises { places, events }, T::Premises { places: places2, events: events2 }) => {
            places2.iter().all(|place| places.contains(place)) && (*events || !events2)
        }
        (T::Topics { mode, topics, purposes }, T::Topics { mode: mode2, topics: topics2, purposes: purposes2 }) => {
            let (few, many) = match mode {
                TopicMode::Excluded => ((topics2, purposes2), (topics, purposes)),
                TopicMode::Only => ((topics, purposes), (topics2, purposes2)),
            };
            mode == mode2 && few.0.iter().all(|topic| many.0.contains(topic)) && few.1.is_subset(many.1)
        }
        (T::Complaint { step, which, .. }, T::Complaint { step: step2, which: which2, .. }) => step == step2 && which == which2,
        (T::Documents { fate, about, .. }, T::Documents { fate: fate2, about: about2, .. }) => fate == fate2 && about == about2,
        (T::ReadAndFile { about, .. }, T::ReadAndFile { about: about2, .. }) => about == about2,
        (T::Withdrawn { what, .. }, T::Withdrawn { what: what2, .. }) => what == what2,
        (T::TechnicalBlock { what, detail, .. }, T::TechnicalBlock { what: what2, detail: detail2, .. }) => {
            what == what2 && detail == detail2
        }
        (T::EndDirectContact { except, leaves }, T::EndDirectContact { except: except2, leaves: leaves2 }) => {
            (except.is_empty() || except == except2) && leaves.is_subset(leaves2)
        }
        (T::EndAllContact { except }, T::EndAllContact { except: except2 }) => except.is_empty() || except == except2,
        _ => false,
    }
}

fn a_year(count: u16, per: Period) -> u32 {
    let periods = match per {
        Period::Day => 365,
        Period::Week => 52,
        Period::Month => 12,
    };
    u32::from(count) * periods
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::rules::measure::{Day, Scope};

    fn terms(all: &[Term]) -> Vec<Chosen> {
        all.iter().cloned().map(Chosen::from).collect()
    }

    fn is_more(held: &[Term], wanted: &[Term]) -> bool {
        let had = [Channel::Phone, Channel::Email, Channel::Text, Channel::Letter, Channel::Person, Channel::Visit, Channel::Social];
        !asks_more(&terms(held), &terms(wanted), &had.into()).is_empty()
    }

    fn closed(channels: &[Channel]) -> Term {
        Term::Channels { closed: channels.iter().copied().collect() }
    }

    fn emails(count: u16, per: Period) -> Term {
        Term::Quota { channel: Channel::Email, count, per, exempt: BTreeSet::new(), answered_on: None }
    }

    fn calls(days: &[Day], from: u32, until: u32) -> Term {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        Term::Times { channel: Channel::Phone, days: days.iter().copied().collect(), from: at(from), until: at(until) }
    }

    fn leaving(leaves: &[Channel]) -> Term {
        Term::EndDirectContact { except: String::new(), leaves: leaves.iter().copied().collect() }
    }

    #[test]
    fn less_or_the_same_is_no_more() {
        let ended = || leaving(&[Channel::Letter, Channel::Email]);
        let direct = [Channel::Phone, Channel::Text, Channel::Person, Channel::Visit, Channel::Social];
        let visits = |channels: &[Channel]| Term::AppointmentOnly {
            with: "Dev Chaudhary".into(),
            staff: None,
            channels: channels.iter().copied().collect(),
        };
        for (held, wanted) in [
            (vec![closed(&[Channel::Phone]), emails(1, Period::Week)], vec![emails(1, Period::Week)]),
            (vec![closed(&[Channel::Phone, Channel::Text])], vec![closed(&[Channel::Text])]),
            (vec![closed(&[Channel::Phone])], vec![calls(&[Day::Tuesday], 14, 16)]),
            (vec![emails(1, Period::Week)], vec![emails(5, Period::Month)]),
            (vec![calls(&[Day::Tuesday], 14, 16)], vec![calls(&[Day::Thursday], 10, 12)]),
            (vec![ended()], vec![closed(&[Channel::Phone, Channel::Visit])]),
            (vec![ended()], vec![leaving(&[Channel::Letter, Channel::Email, Channel::Text])]),
            (vec![closed(&direct)], vec![ended()]),
            (vec![ended()], vec![visits(&[Channel::Visit])]),
            (vec![visits(&[Channel::Visit, Channel::Person])], vec![visits(&[Channel::Person])]),
            (vec![emails(1, Period::Week)], vec![]),
        ] {
            assert!(!is_more(&held, &wanted), "{held:?} to {wanted:?}");
        }
    }

    #[test]
    fn a_new_measure_a_further_channel_or_a_smaller_number_is_more() {
        let scope = || Term::Scope { reach: Scope::Service, names: vec!["the lettings service".into()] };
        let block = || Term::TechnicalBlock { what: Block::Number, detail: "07700 900400".into(), removed_with_restriction: true };
        use crate::rules::measure::Block;
        for (held, wanted) in [
            (vec![emails(1, Period::Week)], vec![emails(1, Period::Week), closed(&[Channel::Phone])]),
            (vec![closed(&[Channel::Phone])], vec![closed(&[Channel::Phone, Channel::Text])]),
            (vec![closed(&[Channel::Phone])], vec![closed(&[Channel::Email])]),
            (vec![emails(1, Period::Week)], vec![emails(3, Period::Month)]),
            (vec![calls(&[Day::Tuesday, Day::Friday], 14, 16)], vec![calls(&[Day::Tuesday], 14, 16)]),
            (vec![closed(&[Channel::Phone])], vec![closed(&[Channel::Phone]), block()]),
            (vec![closed(&[Channel::Phone])], vec![leaving(&[Channel::Letter, Channel::Email])]),
            (vec![leaving(&[Channel::Letter, Channel::Email])], vec![leaving(&[Channel::Letter, Channel::Online])]),
            (vec![leaving(&[Channel::Letter, Channel::Email])], vec![leaving(&[Channel::Letter])]),
            (vec![closed(&[Channel::Phone]), scope()], vec![closed(&[Channel::Phone])]),
            (vec![], vec![Term::TwoPersonVisits { why: "A threat".into() }]),
        ] {
            assert!(is_more(&held, &wanted), "{held:?} to {wanted:?}");
        }
    }
}
