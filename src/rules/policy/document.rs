//! The policy document itself: what it is called, who owns it, when it is looked at again.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::Sourced;
use super::when::When;
use crate::rules::days::Length;

/// The policy document: its name on paper, its days, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Document {
    /// The landlord's name as its policy writes it.
    pub landlord: String,
    /// What the policy is called on its first page.
    pub title: String,
    /// The landlord's own reference for the document.
    pub reference: Option<String>,
    /// The version printed on the document: "3.0".
    pub version: String,
    /// When it was approved; a month is enough.
    pub approved: Option<When>,
    /// The body that approved it.
    pub approved_by: Option<String>,
    /// When it took effect; a month is enough.
    pub effective: Option<When>,
    /// When the document says it will be looked at again; a month is enough, and it comes before `review-every`.
    pub next_review: Option<When>,
    /// How often the document is looked at again.
    pub review_every: Sourced<Length>,
    /// How often it is held against changes in the law, where that is more often than it is reviewed.
    pub legal_check_every: Option<Sourced<Length>>,
    /// Who keeps the document.
    pub owner: Sourced<String>,
    /// Who answers for it.
    pub accountable: Sourced<String>,
    /// The equality impact assessment: that it was done, when, and where it is.
    pub equality_assessment: Sourced<String>,
    /// The privacy (data protection) assessment, in the same way.
    pub privacy_assessment: Option<Sourced<String>>,
    /// How customers and colleagues give their views on the policy.
    pub feedback: Option<Sourced<String>>,
    /// The headings a clause number refers to.
    pub clauses: Vec<Clause>,
    /// Other policies that belong with it.
    #[serde(default)]
    pub related: Vec<String>,
}

/// One clause of the document: its number and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number: "6.5.2".
    pub no: String,
    /// Its heading.
    pub title: String,
}

/// Words that a landlord's name has in one place and not in another.
const FORMS: [&str; 16] = [
    "the",
    "and",
    "of",
    "home",
    "homes",
    "house",
    "group",
    "housing",
    "association",
    "society",
    "limited",
    "ltd",
    "plc",
    "trust",
    "community",
    "communities",
];

/// Whether two names are of the same landlord: written alike but for case, spaces, stops and such words as "Homes" and "Group"; or one of
/// them longer than the other by more words.
pub fn same_landlord(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> Vec<String> {
        let words = name.to_lowercase().replace(['’', '\''], "");
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (one, other) = (plain(one), plain(other));
    let own = |words: &[String]| words.iter().filter(|word| !FORMS.contains(&word.as_str())).cloned().collect::<BTreeSet<_>>();
    let (first, second) = (own(&one), own(&other));
    one.concat() == other.concat() || !first.is_empty() && !second.is_empty() && (first.is_subset(&second) || second.is_subset(&first))
}

#[cfg(test)]
mod tests {
    use super::same_landlord;

    #[test]
    fn a_landlord_is_the_same_by_every_form_of_its_name_and_no_other() {
        let same = [
            ("West Kent", "west kent"),
            ("West Kent", "West Kent Housing Association"),
            ("Alliance Homes", "The Alliance Homes Group"),
            ("Housing Solutions", "HousingSolutions"),
            ("Saltmarsh Tenants' Co-operative", "Saltmarsh Tenants’ Co-operative Ltd."),
            ("Notting Hill Genesis", "Notting Hill"),
            ("Housing Group", "housing group"),
        ];
        for (one, other) in same {
            assert!(same_landlord(one, other) && same_landlord(other, one), "{one}, {other}");
        }
        for (one, other) in
            [("Alliance Homes", "One Manchester"), ("West Kent", "West Ham"), ("Housing Group", "Home Group"), ("", "Clyde")]
        {
            assert!(!same_landlord(one, other) && !same_landlord(other, one), "{one}, {other}");
        }
    }
}
