//! What a proposal still lacks before it can be sent, each as a sentence with the field that fills it.

use super::{AccountHow, Draft, LESS, LINKED, NO_ROUTE, SUPPORT, Section, checklists, further, own_key, why_key};
use crate::rules::checklist;
use crate::rules::measure::bundle::{self, Severity};
use crate::rules::need::NeedKind;
use crate::rules::policy::{Offer, Policy};

/// One thing to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The part it belongs to.
    pub section: Section,
    /// The field there.
    pub field: String,
    /// What to do.
    pub sentence: String,
}

struct List(Vec<Missing>);

/// Everything still missing, part by part.
pub fn missing(policy: &Policy, draft: &Draft, needs: &[NeedKind]) -> Vec<Missing> {
    let mut list = List(Vec::new());
    evidence(&mut list, policy, draft);
    account(&mut list, draft);
    equality(&mut list, policy, draft);
    terms(&mut list, policy, draft, needs);
    list.0
}

fn evidence(list: &mut List, policy: &Policy, draft: &Draft) {
    let at = Section::Evidence;
    let written = &draft.assessment;
    list.when(draft.incidents == 0, at, "incidents", "Choose the incidents this rests on");
    list.text(&written.level_of_contact, at, "level_of_contact", "Say how often and by which channels there was contact");
    list.text(&written.language, at, "language", "Say what language was used");
    for threshold in &policy.behaviour.thresholds {
        let field = format!("threshold-{}", threshold.key);
        list.when(!written.thresholds.contains_key(&threshold.key), at, &field, &format!("Answer: {}", threshold.ask));
    }
    list.text(&written.alternatives, at, "alternatives", "Say what was tried first");
    list.text(&draft.grounds, at, "grounds", "Say what happened, in words for the letter");
    list.further(policy, draft, at);
}

fn account(list: &mut List, draft: &Draft) {
    let sentence = match draft.assessment.account_how {
        None => {
            return list.when(true, Section::Account, "account_how", "Say whether the ⟦customer⟧’s own account was heard");
        }
        Some(AccountHow::Heard) => "Write down what the ⟦customer⟧ told us",
        Some(AccountHow::NoAnswer) => "Say how and when we asked",
        Some(AccountHow::NotSafe) => "Say why it was not safe to ask",
    };
    list.text(&draft.assessment.account, Section::Account, "account", sentence);
}

fn equality(list: &mut List, policy: &Policy, draft: &Draft) {
    let at = Section::Needs;
    let written = &draft.assessment;
    list.text(&written.needs, at, "needs", "Say what we know of the ⟦customer⟧’s needs and circumstances");
    let asked = |key: &str| policy.assessment.question(key).is_some();
    if asked("what-was-happening") {
        list.text(&written.circumstances, at, "circumstances", "Say what was happening in the ⟦customer⟧’s life");
    }
    if asked("staff-circumstances") {
        list.text(&written.staff_needs, at, "staff_needs", "Say what the needs and circumstances of the staff affected are");
    }
    list.when(written.linked().is_none(), at, LINKED, "Say whether the behaviour is linked to a disability");
    list.text(written.answer(LESS), at, LESS, "Say what less was considered, and why it is not enough");
    list.text(&written.proportionality, at, "proportionality", "Say why this is fair, and no more than is needed");
    list.text(&written.equality, at, "equality", "Say how equality and adjustments were thought about");
    list.text(written.answer(SUPPORT), at, SUPPORT, "Say which support and representatives were considered");
    list.further(policy, draft, at);
    for (key, _, item) in checklist::lines(&checklists(policy)) {
        list.when(written.ticked(&key).is_none(), at, &key, &format!("Answer: {}", item.ask));
    }
}

fn terms(list: &mut List, policy: &Policy, draft: &Draft, needs: &[NeedKind]) {
    let at = Section::Terms;
    let refusals = bundle::check(&draft.terms, &draft.bounds(policy), needs);
    for refusal in refusals.iter().filter(|one| one.severity == Severity::Never) {
        list.when(true, at, "measure", &refusal.sentence);
    }
    let clashes = refusals.iter().any(|one| one.severity == Severity::Reason);
    list.when(
        clashes && draft.assessment.clash_because.is_empty(),
        at,
        "clash_because",
        "A measure may not work with a recorded need. Change it, or give the reason why it should stand",
    );
    let nowhere = refusals.iter().any(|one| one.severity == Severity::Senior);
    list.when(
        nowhere && draft.assessment.answer(NO_ROUTE).is_empty(),
        at,
        NO_ROUTE,
        "No way to reach us stays open. Leave one open, or give the reason why none can",
    );
    let chosen = |offer: &&Offer| draft.terms.iter().any(|term| term.measure() == offer.key());
    for offer in policy.measures.offered.iter().filter(chosen) {
        for (key, ask) in policy.guards(offer) {
            list.when(!draft.assessment.confirmed(&key), at, &key, &format!("{}: confirm this first. {ask}", offer.title));
        }
    }
    for offer in policy.measures.offered.iter().filter(|offer| offer.own_reason) {
        let chosen = draft.terms.iter().any(|term| term.measure() == offer.key());
        let lacks = draft.assessment.own_reason(offer.key()).is_empty();
        list.when(chosen && lacks, at, &why_key(offer.key()), &format!("Give the reason for this measure by itself: {}", offer.title));
    }
    list.when(draft.review_on.is_none(), at, "review_on", "Choose when this is looked at again");
    list.when(draft.ends_on.is_none() && !draft.permanent, at, "ends_on", "Enter the last day");
}

impl List {
    fn when(&mut self, lacks: bool, section: Section, field: &str, sentence: &str) {
        if lacks {
            self.0.push(Missing { section, field: field.to_owned(), sentence: sentence.to_owned() });
        }
    }

    fn text(&mut self, text: &str, section: Section, field: &str, sentence: &str) {
        self.when(text.trim().is_empty(), section, field, sentence);
    }

    fn further(&mut self, policy: &Policy, draft: &Draft, section: Section) {
        for question in further(policy, section) {
            let key = own_key(question);
            self.text(draft.assessment.answer(&key), section, &key, &format!("Answer: {}", question.ask));
        }
    }
}
