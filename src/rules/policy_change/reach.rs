//! Which cases a value of a pack reaches: until where in the work it is still met, and what a case must hold to meet it. A value that no
//! line here names reaches every case, so that what the format gains is said before anybody has thought about it.

use super::OpenCase;
use crate::rules::policy::is_within;
use crate::rules::restriction::Stage;

/// Where somebody stands with the landlord. Whatever can be met in a state can still be met in every earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Something was reported.
    Reported,
    /// A step of the ladder was taken with them.
    Warned,
    /// A restriction is proposed.
    Proposed,
    /// One is in force.
    InForce,
    /// And an appeal against it waits for its decision.
    UnderAppeal,
    /// It has ended.
    Ended,
}

impl State {
    /// Every state, in the order of the work.
    pub const ALL: [Self; 6] = [Self::Reported, Self::Warned, Self::Proposed, Self::InForce, Self::UnderAppeal, Self::Ended];

    /// Where a case stands.
    pub const fn of(case: &OpenCase) -> Self {
        match case.stage {
            Stage::Draft | Stage::AwaitingApproval | Stage::SentBack => Self::Proposed,
            Stage::InForce if case.under_appeal => Self::UnderAppeal,
            Stage::InForce => Self::InForce,
            Stage::Declined | Stage::Lifted | Stage::Quashed => Self::Ended,
        }
    }
}

/// How far a value reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Until this state, it included.
    Until(State),
    /// The same, for a case that holds this measure, or may still ask for any.
    Measure(State),
    /// The same, for a case about this kind of behaviour.
    Behaviour(State),
    /// Until it is proposed, as long as what is asked for may still change. For what is asked already a rule of its own says who decides.
    Open,
    /// No case at all, for this reason.
    Nowhere(&'static str),
}

use Reach::{Behaviour, Measure, Nowhere, Open, Until};
use State::{Ended, InForce, Proposed, Reported, UnderAppeal, Warned};

/// What each value of a pack reaches. The first line that holds its place counts.
const REACHES: [(&str, Reach); 55] = [
    ("document", Nowhere("It is about the policy itself: what it is called, who owns it, when it is looked at again.")),
    ("readings", Nowhere("It says why a value was read as it was; the value itself is compared.")),
    ("roles", Nowhere("A post is met where it does something, and each such value names it by its title.")),
    ("call-ending", Nowhere("A call is ended under the version of its day, whoever rings: it belongs to no case.")),
    ("markers", Nowhere("A safety marker is a record of its own, kept under the version it was set under.")),
    ("statuses", Nowhere("A status is given where nothing is restricted: it belongs to no case.")),
    ("reports", Nowhere("A report counts cases, and changes none.")),
    ("challenge.marker", Nowhere("It is an appeal against a safety marker.")),
    ("challenge.complaint-refusal", Nowhere("It is an appeal against how a complaint was answered.")),
    ("clocks.calendar-alarm", Nowhere("It asks for next year's bank holidays.")),
    ("people.affected", Until(Reported)),
    ("people.groups", Until(Proposed)),
    ("people", Until(UnderAppeal)),
    ("behaviour.categories", Behaviour(UnderAppeal)),
    ("behaviour", Until(Reported)),
    ("support", Until(Reported)),
    ("referrals", Until(Reported)),
    ("agreements", Until(Warned)),
    ("ladder.skip-reasons", Until(Proposed)),
    ("ladder", Until(Ended)),
    ("assessment", Until(Proposed)),
    ("checklists", Until(UnderAppeal)),
    ("measures.offered", Measure(UnderAppeal)),
    ("measures", Until(UnderAppeal)),
    ("authority.rules", Open),
    ("authority.proposer", Until(Proposed)),
    ("authority.decide-within", Until(Proposed)),
    ("authority.returned-for", Until(Proposed)),
    ("authority", Until(UnderAppeal)),
    ("bodies", Until(UnderAppeal)),
    ("clocks.on-the-day", Until(UnderAppeal)),
    ("clocks", Until(UnderAppeal)),
    ("terms.usual", Until(Proposed)),
    ("terms", Until(UnderAppeal)),
    ("reviews", Until(UnderAppeal)),
    ("challenge.appeal.mode", Until(InForce)),
    ("challenge.appeal.grounds", Until(InForce)),
    ("challenge.appeal.window", Until(InForce)),
    ("challenge.appeal.window-from", Until(InForce)),
    ("challenge.appeal.forms", Until(InForce)),
    ("challenge.appeal.late-decided-by", Until(InForce)),
    ("challenge.length.mode", Until(InForce)),
    ("challenge.length.grounds", Until(InForce)),
    ("challenge.length.window", Until(InForce)),
    ("challenge.length.window-from", Until(InForce)),
    ("challenge.length.forms", Until(InForce)),
    ("challenge.length.late-decided-by", Until(InForce)),
    ("challenge.warning", Until(Warned)),
    ("challenge", Until(UnderAppeal)),
    ("letters.warning", Until(Warned)),
    ("letters.restriction-notice", Until(Proposed)),
    ("letters", Until(UnderAppeal)),
    ("words", Until(UnderAppeal)),
    ("onward", Until(Ended)),
    ("retention", Until(Ended)),
];

/// Whoever a value may reach.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whom<'a> {
    /// One open case.
    Case(&'a OpenCase),
    /// Anybody in this state, before there is a case or whatever it holds.
    Anybody(State),
}

impl Whom<'_> {
    const fn state(self) -> State {
        match self {
            Self::Case(case) => State::of(case),
            Self::Anybody(state) => state,
        }
    }

    /// Whether what is asked for may still be changed.
    const fn is_open(self) -> bool {
        match self {
            Self::Case(case) => matches!(case.stage, Stage::Draft | Stage::SentBack),
            Self::Anybody(_) => true,
        }
    }
}

/// Whether the value at a place can still be met.
pub(super) fn reaches(place: &str, whom: Whom<'_>) -> bool {
    let within = |outer: &str, of: fn(&OpenCase) -> &std::collections::BTreeSet<String>| {
        let key = place.strip_prefix(outer).and_then(|rest| rest.trim_start_matches('.').split('.').next()).unwrap_or_default();
        matches!(whom, Whom::Case(case) if of(case).contains(key))
    };
    match of(place) {
        Until(last) => whom.state() <= last,
        Measure(last) => whom.state() <= last && (whom.is_open() || within("measures.offered", |case| &case.measures)),
        Behaviour(last) => {
            let anybody = matches!(whom, Whom::Anybody(_));
            whom.state() <= last && (anybody || within("behaviour.categories", |case| &case.behaviours))
        }
        Open => whom.state() <= Proposed && whom.is_open(),
        Nowhere(_) => false,
    }
}

fn of(place: &str) -> Reach {
    REACHES.iter().find(|(outer, _)| is_within(place, outer)).map_or(Until(Ended), |(_, reach)| *reach)
}
