//! Who does what at each landlord on the way from the first call to the end.

use super::case::{Asked, Invented, USUAL_TERMS};

/// Who does what at one landlord.
pub struct Way {
    pub slug: &'static str,
    pub behaviour: &'static str,
    /// The policy asks for warnings during a call.
    pub warns_in_calls: bool,
    /// The steps before a restriction, with the form each is taken in.
    pub steps: &'static [(&'static str, &'static str)],
    pub views: &'static [&'static str],
    pub approvers: &'static [&'static str],
    /// Took part, and so cannot hear the appeal.
    pub barred: &'static str,
    pub appeal: &'static str,
    pub outcome: &'static str,
    /// Where the policy has a second stage: who hears that, of those who took no part.
    pub second: Option<&'static str>,
    pub reviewer: &'static str,
    /// A body that decides last: its clerk, and who sits.
    pub meeting: Option<(&'static str, &'static [&'static str])>,
    /// What makes the police a must.
    pub danger: &'static str,
    /// No policy but one that says so lets the last way in be closed.
    pub keeps_a_way_open: bool,
    /// What is asked for.
    pub asked: Asked,
    /// The landlord lives nowhere but in this story.
    pub invented: Option<&'static Invented>,
}

/// What all have in common but those that say otherwise.
pub const USUAL: Way = Way {
    slug: "west-kent",
    behaviour: "",
    warns_in_calls: true,
    steps: &[],
    views: &[],
    approvers: &[],
    barred: "",
    appeal: "",
    outcome: "uphold",
    second: None,
    reviewer: "",
    meeting: None,
    danger: "physical-violence-threatened",
    keeps_a_way_open: true,
    asked: USUAL_TERMS,
    invented: None,
};

pub const ONE_MANCHESTER: Way = Way {
    slug: "one-manchester",
    behaviour: "insults",
    warns_in_calls: true,
    steps: &[("opportunity", "written")],
    views: &["head", "director"],
    approvers: &["director"],
    barred: "director",
    appeal: "director2",
    outcome: "uphold",
    reviewer: "manager",
    ..USUAL
};

pub const ALLIANCE_HOMES: Way = Way {
    slug: "alliance-homes",
    behaviour: "offence",
    warns_in_calls: false,
    steps: &[("informal-conversation", "spoken")],
    views: &[],
    approvers: &["manager2", "head"],
    barred: "head",
    appeal: "director2",
    outcome: "vary",
    reviewer: "manager2",
    ..USUAL
};

pub const HOUSING_SOLUTIONS: Way = Way {
    slug: "housing-solutions",
    behaviour: "verbal",
    warns_in_calls: true,
    steps: &[("initial-warning", "spoken"), ("formal-warning", "written")],
    views: &[],
    approvers: &["head"],
    barred: "head",
    appeal: "director2",
    outcome: "vary",
    reviewer: "manager",
    ..USUAL
};

pub const NOTTING_HILL_GENESIS: Way = Way {
    slug: "notting-hill-genesis",
    behaviour: "verbal",
    warns_in_calls: true,
    steps: &[("conversation", "spoken"), ("verbal-warning", "spoken"), ("written-warning", "written")],
    views: &[],
    approvers: &["manager2", "director"],
    barred: "director",
    appeal: "director2",
    outcome: "uphold",
    reviewer: "manager",
    ..USUAL
};

pub const WEST_KENT: Way = Way {
    slug: "west-kent",
    behaviour: "threats",
    warns_in_calls: true,
    steps: &[("management-action", "within-correspondence")],
    views: &[],
    approvers: &["manager2", "director"],
    barred: "director",
    appeal: "head",
    outcome: "vary",
    reviewer: "manager",
    ..USUAL
};
