//! One record of every kind for one landlord, and where each stands in an address.

use evenhand::demo;
use evenhand::rules::policy::Policy;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::app::{self, House};

/// The records of one landlord.
#[derive(Clone, Debug)]
pub struct Records {
    /// Whose they are.
    pub slug: &'static str,
    /// The customer's family name; it stands in everything that was written about them.
    pub family: &'static str,
    /// The customer's reference.
    pub reference: &'static str,
    /// The customer's phone number, as kept.
    pub phone: &'static str,
}

/// West Kent's.
pub const OURS: Records = Records { slug: "west-kent", family: "Quillfeather", reference: "900-461-0001", phone: "+447700900461" };
/// One Manchester's.
pub const THEIRS: Records = Records { slug: "one-manchester", family: "Oakthorpe", reference: "900-572-0002", phone: "+447700900572" };

/// Every kind of record that stands in an address behind a word: `/incidents/{id}`.
const KINDS: &[(&str, &str)] = &[
    ("adjustments", "need"),
    ("appeals", "appeal"),
    ("approvals", "waiting"),
    ("copies", "copy"),
    ("incidents", "incident"),
    ("letters", "letter"),
    ("mail", "message"),
    ("my-work", "task"),
    ("people", "officer"),
    ("proposals", "draft"),
    ("reconsiderations", "reconsideration"),
    ("representatives", "representative"),
    ("restrictions", "restriction"),
    ("reviews", "review"),
    ("undertakings", "undertaking"),
    ("versions", "next_version"),
    ("warning-requests", "asked"),
    ("warnings", "warning"),
];

/// Every name in the script that stands for an id.
const IDS: &[&str] = &[
    "customer",
    "need",
    "representative",
    "contact",
    "incident",
    "decided",
    "person",
    "note",
    "call_step",
    "letter",
    "copy",
    "warning",
    "asked",
    "said",
    "draft",
    "waiting",
    "restriction",
    "handover",
    "term_waiting",
    "term",
    "approval",
    "review",
    "appeal",
    "warning_appeal",
    "reconsideration",
    "undertaking",
    "duty",
    "meeting",
    "delegation",
    "task_manager",
    "task",
    "event",
    "access",
    "message",
    "reminder",
    "next_version",
];

impl Records {
    /// The id of one of them.
    pub fn id(&self, kind: &str) -> Uuid {
        match kind {
            "adviser" | "officer" | "manager" | "head" => app::staff(self.slug, kind).0,
            _ if IDS.contains(&kind) => demo::named(&format!("records {} {kind}", self.slug)),
            _ => panic!("there is no record «{kind}»"),
        }
    }

    /// An address with these records in its places; `other` takes the place of everything that belongs to somebody.
    ///
    /// # Panics
    /// When an address has a place that these records do not know: add the kind to `KINDS`, and one to `records.sql`.
    pub fn fill(&self, path: &str) -> String {
        let mut before = "";
        let mut filled = String::new();
        for part in path.split('/').skip(1) {
            filled.push('/');
            match part {
                "{customer}" => filled.push_str(self.reference),
                "{slug}" => filled.push_str(self.slug),
                "{section}" => filled.push_str("terms"),
                "{id}" => {
                    let kind = KINDS.iter().find(|(word, _)| *word == before);
                    let (_, kind) = kind.unwrap_or_else(|| panic!("{path}: support/records.rs does not know what stands behind /{before}/. Add its kind, so that this address is tried as another landlord."));
                    filled.push_str(&self.id(kind).to_string());
                }
                place if place.starts_with('{') => panic!(
                    "{path}: support/records.rs does not know what {place} stands for. Add its kind, so that this address is tried as another landlord."
                ),
                word => filled.push_str(word),
            }
            before = part;
        }
        filled
    }

    /// What must never be seen by anybody else.
    pub fn secrets(&self) -> Vec<String> {
        let local = self.phone.replacen("+44", "0", 1);
        vec![self.family.to_owned(), self.family.to_lowercase(), self.phone.to_owned(), format!("{} {}", &local[..5], &local[5..]), local]
    }

    /// Writes them into a house.
    pub async fn write(&self, house: &House) {
        let (cast, _) = demo::cast::CAST.iter().find(|(cast, _)| cast.slug == self.slug).expect("a landlord of the demonstration");
        let policy = Policy::read(cast.pack).expect("a pack without faults");
        let now = house.clock.now();
        let mut values: Vec<(&str, String)> = vec![
            ("landlord", app::landlord(self.slug).to_string()),
            ("policy", demo::named(&format!("policy {}", self.slug)).to_string()),
            ("ref", self.reference.to_owned()),
            ("family", self.family.to_owned()),
            ("json_family", self.family.replace('"', "\\\"")),
            ("html_family", self.family.replace('<', "&lt;")),
            ("word", self.family.to_lowercase()),
            ("phone", self.phone.to_owned()),
            ("tenancy", self.phone[self.phone.len() - 6..].to_owned()),
            ("slug", self.slug.to_owned()),
            ("now", now.to_rfc3339()),
            ("later", (now + chrono::TimeDelta::days(60)).date_naive().to_string()),
            ("subject", policy.people.subjects[0].key.clone()),
            ("behaviour", policy.behaviour.categories[0].key.clone()),
            ("effect", policy.behaviour.effects.first().map_or_else(|| "none".to_owned(), |effect| effect.key.clone())),
            ("step", policy.ladder.warnings().next().expect("a first warning").key.clone()),
            ("role", "head-of-service".to_owned()),
        ];
        values.extend(["adviser", "manager", "head"].into_iter().chain(IDS.iter().copied()).map(|kind| (kind, self.id(kind).to_string())));
        // The longest first, so that a name never eats the beginning of another.
        values.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut script = include_str!("records.sql").to_owned();
        for (name, value) in values {
            script = script.replace(&format!(":{name}"), &value);
        }
        sqlx::raw_sql(AssertSqlSafe(script)).execute(&mut house.owner().await).await.unwrap_or_else(|e| panic!("records.sql: {e}"));
    }
}
