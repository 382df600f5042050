//! Where a customer can go next, and how long records are kept.

use schemars::JsonSchema;
use serde::Deserialize;

use super::behaviour::Severity;
use super::limit::Limit;
use super::source::{Source, Sourced};
use super::who::Who;
use crate::rules::days::{Length, Nation};
use crate::rules::label::labels;

/// The ombudsman, and the landlord's own complaints door.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Onward {
    /// Whose bank holidays count.
    pub nation: Sourced<Nation>,
    /// Where a customer goes who is not satisfied with the landlord's answer.
    pub ombudsman: Sourced<Contact>,
    /// The landlord's own door for complaints.
    pub complaints: Sourced<Contact>,
    /// What kind of landlord this is; some ombudsmen take only some.
    pub landlord_type: Option<Sourced<LandlordType>>,
    /// Other places to go, for some people or some subjects.
    #[serde(default)]
    pub routes: Vec<OnwardRoute>,
}

/// A place to go for some people or some subjects, instead of the usual ombudsman.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OnwardRoute {
    /// Its short name.
    pub key: String,
    /// What it is about, in the middle of a sentence: "personal information".
    pub subject: String,
    /// Only for these kinds of people; everybody where none is named.
    #[serde(default)]
    #[schemars(extend("x-names" = "people.subjects"))]
    pub only_for: Vec<String>,
    /// Only in these nations; everywhere where none is named.
    #[serde(default)]
    pub nations: Vec<Nation>,
    /// Only for these kinds of landlord; every kind where none is named.
    #[serde(default)]
    pub landlord_types: Vec<LandlordType>,
    /// Where they go.
    pub goes_to: Contact,
    pub source: Source,
}

labels! {
    /// What kind of body a landlord is.
    pub enum LandlordType {
        HousingAssociation "housing-association" "Housing association",
        Council "council" "Council",
        Almo "almo" "Arm's length management organisation",
        Charity "charity" "Charity or almshouse",
        Cooperative "co-operative" "Housing co-operative",
        Other "other" "Another public body",
    }
}

/// How to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// Their phone number, as people dial it.
    pub phone: Option<String>,
    /// Their email address.
    pub email: Option<String>,
    /// Their web page.
    pub web: Option<String>,
    /// Their postal address, on one line.
    pub post: Option<String>,
}

/// How long records are kept after their case is closed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Retention {
    /// Incidents, with the contacts, recordings and referrals about them.
    pub incidents: Sourced<Length>,
    /// Warnings, agreements and statuses.
    pub warnings: Sourced<Length>,
    /// Restrictions, with their assessments, letters, markers, appeals and reviews.
    pub restrictions: Sourced<Length>,
    /// Other lengths for some records, or for graver or lesser behaviour.
    #[serde(default)]
    pub ranges: Vec<RetentionRange>,
    /// Who may hold records back from deletion while the law needs them.
    pub legal_hold: Option<Sourced<Who>>,
}

/// How long some records are kept after their case is closed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionRange {
    /// Its short name.
    pub key: String,
    /// Which records.
    pub record: RecordKind,
    /// Only for behaviour as grave as this; any where nothing is said.
    pub severity: Option<Severity>,
    /// The shortest they are kept.
    pub least: Length,
    /// The longest, or "none".
    pub most: Limit,
    pub source: Source,
}

labels! {
    /// A kind of record that is kept for a time.
    pub enum RecordKind {
        Incident "incident" "Incidents",
        Warning "warning" "Warnings",
        Restriction "restriction" "Restrictions",
        Marker "marker" "Safety markers",
        Letter "letter" "Letters",
        Recording "recording" "Call recordings",
        Contact "contact" "Contacts that were logged",
        Assessment "assessment" "Assessments and proposals",
        Agreement "agreement" "Agreements",
        Status "status" "Statuses on the register",
        Referral "referral" "Referrals and hand-offs",
    }
}
