//! What stands on top of every tab of a record: who it is, the answer in one line, the tabs.

use std::sync::Arc;

use crate::casework::desk::{Desk, Staff};
use crate::casework::{Result, answer, warning};
use crate::http::doors::{LOGGING, MANAGING};
use crate::http::paths::{self, Ref};
use crate::rules::measure::Way;
use crate::rules::policy::Policy;
use crate::rules::tone::Tone;
use crate::rules::{days, say};
use crate::store;
use crate::store::contact_check::Facts;
use crate::store::customer::Head;
use crate::store::customer_tabs::Task;

/// The parts of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Overview,
    Incidents,
    Restriction,
    Letters,
    Adjustments,
    Access,
}

/// The top of every tab.
pub struct Record {
    pub who: Head,
    /// The title of their business area, where one is named that the policy in force has.
    pub area: Option<String>,
    pub tone: Tone,
    /// "Limited contact until 2 June 2027."
    pub strong: String,
    /// The answer's own words.
    pub text: String,
    pub tabs: Vec<TabLink>,
    /// The policy in force as it holds for them.
    pub policy: Arc<Policy>,
    /// Work still open for this customer.
    pub tasks: Vec<Task>,
    pub may_log: bool,
    /// A step of the ladder can be taken without an incident as well.
    pub may_warn: bool,
    /// Logging an incident is what one comes here for; not where the tab has a form of its own.
    pub log_first: bool,
}

/// One tab.
pub struct TabLink {
    pub href: String,
    pub text: String,
    count: usize,
    pub is_current: bool,
}

impl TabLink {
    /// How many stand behind it.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl Record {
    /// Reads the facts about a customer and says what stands on top of this tab.
    pub async fn read(desk: &mut Desk, staff: &Staff, customer: &Ref, tab: Tab) -> Result<(Self, Facts)> {
        let facts = answer::facts(desk, &customer.0).await?;
        let side = store::customer_tabs::side(&mut desk.tx, facts.head.id).await?;
        let (_, policy) = desk.policy_for(facts.head.id).await?;
        let answer = answer::now(desk, &policy, &facts, answer::Asking::by(Way::Phone))?;
        let is_limited = facts.restrictions.iter().any(|one| one.until.is_none_or(|last| last >= days::day_of(desk.now)));
        let (strong, text) = match is_limited {
            true => (format!("{}.", answer.eyebrow), answer.heading),
            false => (answer.heading, String::new()),
        };
        let counts = [count(side.incidents), count(side.restrictions), count(side.letters), facts.needs.len()];
        let record = Self {
            who: facts.head.clone(),
            area: facts.head.area.as_deref().and_then(|area| desk.policy.area(area)).map(|area| area.title.clone()),
            tone: answer.tone,
            strong,
            text,
            tabs: links(customer, tab, &desk.policy.words.restriction.heading(), counts),
            tasks: side.tasks,
            policy,
            may_log: LOGGING.admits(staff.reach),
            may_warn: MANAGING.admits(staff.reach) && warning::held_up(desk, facts.head.id).await?.is_none(),
            log_first: tab != Tab::Adjustments,
        };
        Ok((record, facts))
    }
}

fn count(many: i64) -> usize {
    usize::try_from(many).unwrap_or(0)
}

fn links(customer: &Ref, current: Tab, restriction: &str, [incidents, restrictions, letters, needs]: [usize; 4]) -> Vec<TabLink> {
    let customer = || customer.clone();
    let link =
        |tab: Tab, href: String, text: &str, count: usize| TabLink { href, text: text.to_owned(), count, is_current: tab == current };
    vec![
        link(Tab::Overview, paths::Customer { customer: customer() }.to_string(), "Overview", 0),
        link(Tab::Incidents, paths::CustomerIncidents { customer: customer() }.to_string(), "Incidents", incidents),
        link(Tab::Restriction, paths::CustomerRestriction { customer: customer() }.to_string(), &say::sentence(restriction), restrictions),
        link(Tab::Letters, paths::CustomerLetters { customer: customer() }.to_string(), "Letters", letters),
        link(Tab::Adjustments, paths::CustomerAdjustments { customer: customer() }.to_string(), "Adjustments", needs),
        link(Tab::Access, paths::CustomerAccess { customer: customer() }.to_string(), "Who has looked", 0),
    ]
}
