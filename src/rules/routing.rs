//! Where an incident belongs: this policy's ladder, another process, or both at once; and whether needs and capacity come first.

use super::incident::Outcome;
use super::policy::{Category, Policy, Route};
use super::say;

/// Where one incident belongs, by what was done in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routing<'a> {
    /// At least one kind of behaviour in it is for this policy.
    pub here: bool,
    /// The kinds that another process takes, alone or as well.
    pub elsewhere: Vec<&'a Category>,
    /// Every kind that is for this policy asks for needs and capacity first, so that nothing follows without them.
    pub needs_first: bool,
}

/// Where an incident of these kinds belongs. What has no kind, or one the policy no longer knows, is for this policy.
pub fn of<'a>(policy: &'a Policy, behaviours: &[String]) -> Routing<'a> {
    let known: Vec<&Category> = behaviours.iter().filter_map(|key| policy.behaviour.category(key)).collect();
    let unknown = known.len() < behaviours.len() || behaviours.is_empty();
    let (ours, theirs): (Vec<&Category>, Vec<&Category>) = known.iter().copied().partition(|one| one.route != Route::OtherProcess);
    Routing {
        here: unknown || !ours.is_empty(),
        elsewhere: known.into_iter().filter(|one| one.route != Route::ThisLadder).collect(),
        needs_first: !unknown && theirs.is_empty() && ours.iter().all(|one| one.needs_path_first),
    }
}

impl Routing<'_> {
    /// Whether this may follow from the incident.
    ///
    /// # Errors
    /// A sentence that says why not, and what can.
    pub fn may_follow(&self, outcome: Outcome) -> Result<(), String> {
        match outcome {
            Outcome::NoAction => Ok(()),
            _ if !self.here => {
                let to: Vec<&str> = self.elsewhere.iter().filter_map(|one| one.process.as_deref()).collect();
                Err(format!("This is dealt with elsewhere: {}. Choose no action here; it is handed over.", say::list(&to)))
            }
            Outcome::Warning if self.needs_first => {
                Err("Needs and capacity come first, so no warning follows by itself. Choose an assessment: it looks at them.".to_owned())
            }
            Outcome::Warning | Outcome::More => Ok(()),
        }
    }

    /// What is said beside the incident: a sentence for each kind that another process takes.
    pub fn says(&self) -> Vec<String> {
        let sentence = |one: &&Category| {
            let process = one.process.as_deref()?;
            Some(match one.route {
                Route::OtherProcess => format!("“{}” is dealt with elsewhere: {process}.", one.title),
                Route::Both => format!("“{}” is dealt with here and elsewhere as well: {process}.", one.title),
                Route::ThisLadder => return None,
            })
        };
        self.elsewhere.iter().filter_map(sentence).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::pack;

    fn keys(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    fn may(policy: &Policy, behaviours: &[&str]) -> [bool; 3] {
        let behaviours = keys(behaviours);
        let routing = of(policy, &behaviours);
        [Outcome::NoAction, Outcome::Warning, Outcome::More].map(|outcome| routing.may_follow(outcome).is_ok())
    }

    #[test]
    fn om_07_what_illness_may_explain_leads_to_no_warning_before_needs_were_looked_at() {
        let policy = pack("one-manchester");
        assert_eq!(may(&policy, &["incapable"]), [true, false, true]);
        assert_eq!(may(&policy, &["incapable", "insults"]), [true, true, true], "an insult is another matter");
        assert!(of(&policy, &keys(&["incapable"])).may_follow(Outcome::Warning).unwrap_err().starts_with("Needs and capacity come first"));
    }

    #[test]
    fn ah_10_abuse_is_dealt_with_here_and_by_community_safety_as_linked_cases() {
        let policy = pack("alliance-homes");
        assert_eq!(may(&policy, &["abuse"]), [true, true, true]);
        let says = of(&policy, &keys(&["abuse", "demands"])).says();
        assert_eq!(says.len(), 1);
        assert!(says[0].contains("here and elsewhere as well: Community Safety Team"), "{says:?}");
    }

    #[test]
    fn what_belongs_to_another_process_alone_is_not_dealt_with_here() {
        let policy = Policy::read(include_str!("../../tests/packs/toldervale.toml")).unwrap();
        assert_eq!(may(&policy, &["neighbour-asb"]), [true, false, false]);
        assert_eq!(may(&policy, &["neighbour-asb", "verbal-aggression"]), [true, true, true]);
        assert_eq!(may(&policy, &[]), [true, true, true]);
        assert_eq!(may(&policy, &["a kind of an older version"]), [true, true, true]);
    }
}
