//! What somebody says happened, as it is logged; and what is still missing before it can be kept.

use chrono::{DateTime, Utc};

use super::{Adjusted, Done, Harm, Help, THREATS, effects_lacking, ended_early};
use crate::rules::id::{IncidentId, StaffId};
use crate::rules::measure::Channel;
use crate::rules::policy::{Danger, Policy, TellWhy};
use crate::rules::say;

/// One incident, as somebody logs it.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its id, made with the form, so that it is saved once.
    pub id: IncidentId,
    /// When it began.
    pub happened_at: DateTime<Utc>,
    /// How the contact was made.
    pub channel: Channel,
    /// What the customer was in touch about.
    pub about: String,
    /// Keys of the policy's categories.
    pub behaviours: Vec<String>,
    /// Keys of the policy's effects.
    pub effects: Vec<String>,
    /// Who was affected.
    pub affected: Vec<Affected>,
    /// What was said and done.
    pub what: String,
    /// Whether anyone was threatened or hurt.
    pub harm: Harm,
    /// Facts about safety.
    pub dangers: Vec<Danger>,
    /// The police's reference, where they have been told.
    pub police_reference: Option<String>,
    /// How many warnings were spoken.
    pub warnings: u8,
    /// Whether staff ended the contact.
    pub ended: bool,
    /// Why with fewer warnings than the policy asks.
    pub fewer_because: Option<String>,
    /// Whether the caller was told why.
    pub reason_told: Option<bool>,
    /// Why not.
    pub not_told_because: Option<String>,
    /// What else was done.
    pub done: Vec<Done>,
    /// Whether adjustments could be made, where there are any.
    pub adjusted: Option<Adjusted>,
    /// What made it harder for the customer to communicate.
    pub made_it_harder: Option<String>,
    /// What the customer said about it.
    pub customers_side: Option<String>,
    /// What the person logging it would like for themselves.
    pub help: Help,
}

/// Somebody who was affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// A key of the policy's kinds of people.
    pub kind: String,
    /// Who, where they work here.
    pub staff: Option<StaffId>,
    /// Their name.
    pub name: String,
}

impl Report {
    /// Everything still missing or at odds, as the field it concerns and a sentence that says what would be right.
    pub fn wants(&self, policy: &Policy, now: DateTime<Utc>, has_needs: bool) -> Vec<(&'static str, String)> {
        let mut wants = Vec::new();
        let mut want = |is_wrong: bool, field: &'static str, sentence: String| {
            if is_wrong {
                wants.push((field, sentence));
            }
        };
        want(self.happened_at > now, "time", "Enter a time that has been: it cannot have started in the future".into());
        for sentence in effects_lacking(policy, &self.behaviours, &self.effects) {
            want(true, "effects", sentence);
        }
        want(self.affected.is_empty(), "affected", "Choose who was affected".into());
        self.safety(&mut want);
        self.ending(policy, &mut want);
        want(has_needs && self.adjusted.is_none(), "adjusted", "Choose whether the adjustments on record were made".into());
        wants
    }

    fn safety(&self, want: &mut impl FnMut(bool, &'static str, String)) {
        let threat = THREATS.into_iter().find(|one| self.dangers.contains(one));
        if let (Harm::None, Some(threat)) = (self.harm, threat) {
            let sentence = format!("You chose “{}”, so choose Threatened or Hurt here", threat.title());
            want(true, "harm", sentence);
        }
        let is_unsaid = self.harm != Harm::None && self.dangers.is_empty();
        want(is_unsaid, "threats", "Choose what was threatened or done".into());
    }

    fn ending(&self, policy: &Policy, want: &mut impl FnMut(bool, &'static str, String)) {
        let needed = say::count(*policy.call_ending.warnings, "warning", "warnings");
        let early = ended_early(policy, self.ended, self.warnings) && self.fewer_because.is_none();
        want(early, "fewer", format!("Choose why the contact was ended with fewer than {needed}"));
        let asks_why = self.ended && *policy.call_ending.tell_why != TellWhy::No;
        want(asks_why && self.reason_told.is_none(), "told", "Choose whether you said why you were ending it".into());
        let silent = asks_why && self.reason_told == Some(false) && self.not_told_because.is_none();
        want(silent, "not_told", "Enter why it was not possible to say why".into());
    }
}
