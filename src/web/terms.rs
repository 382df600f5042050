//! The form of a bundle of terms: one tile for each measure the policy offers, its parameters beneath. Used by proposals, and by
//! reviews and appeals when they change terms.
//!
//! A page has the fields `form: Form` and `terms_form: TermsForm`, and includes `proposal/terms_fields.html` inside its own form.

mod choices;
mod read;

use std::collections::BTreeSet;

use crate::casework::desk::Desk;
use crate::http::doors::CASEWORK;
use crate::http::fault::Fault;
use crate::http::form::{Choice, Form};
use crate::rules::measure::limits::Limits;
use crate::rules::measure::phrase::writing;
use crate::rules::measure::{Block, Channel, Chosen, ComplaintStep, DocumentGuard, Fate, MeasureKind, Purpose, Scope, Term, TopicMode};
use crate::rules::policy::{Offer, Policy, Reach};
use crate::rules::say;
use crate::store;

/// What the form offers: a slot for each measure, and the choices inside.
#[derive(Clone, Debug)]
pub struct TermsForm {
    /// One for each tile.
    pub slots: Vec<Slot>,
    /// Purposes a limit on numbers may leave out of the count, and topics may name: those that are not always open.
    pub purposes: Vec<Choice>,
    /// Left out, or only these.
    pub modes: Vec<Choice>,
    /// What a block stands on.
    pub blocks: Vec<Choice>,
    /// What becomes of one complaint.
    pub complaint_steps: Vec<Choice>,
    /// What becomes of documents.
    pub fates: Vec<Choice>,
    /// What is confirmed before a document leaves us or is destroyed.
    pub document_guards: Vec<Choice>,
    /// Where the measures beside it hold.
    pub scopes: Vec<Choice>,
    /// What is always open, for a sentence.
    pub always_open: String,
    /// Colleagues who may be named, where the page has asked for them.
    pub colleagues: Vec<Choice>,
}

/// Everybody who works here and may see a customer's record, for a choice of one.
pub async fn colleagues(desk: &mut Desk) -> Result<Vec<Choice>, Fault> {
    let people = store::staff::list(&mut desk.tx).await?;
    let here = people.iter().filter(|line| may_be_named(line));
    Ok(here.map(|line| Choice::new(line.id.to_string(), format!("{}, {}", line.name, line.job_title))).collect())
}

/// Whoever a customer is told to turn to sees what was agreed with them; an administrator sees nothing of customers.
fn may_be_named(line: &store::staff::StaffLine) -> bool {
    !line.has_left && Reach::from_key(&line.reach).is_some_and(|reach| CASEWORK.admits(reach))
}

/// Puts the name and the post of each colleague who was chosen into the fields that say them. Whoever does not work here is nobody.
pub async fn name_colleagues(desk: &mut Desk, form: &mut Form) -> Result<(), Fault> {
    let named = [
        ("single-point-of-contact", "staff", "name"),
        ("single-point-of-contact", "cover_staff", "cover"),
        ("appointment-only", "staff", "with"),
    ];
    if named.iter().all(|(kind, id, _)| form.is_blank(&format!("{kind}-{id}"))) {
        return Ok(());
    }
    let people = store::staff::list(&mut desk.tx).await?;
    for (kind, id, name) in named {
        let field = format!("{kind}-{id}");
        let chosen = form.value(&field).to_owned();
        match people.iter().find(|line| may_be_named(line) && line.id.to_string() == chosen) {
            Some(line) => {
                let (field, job) = (format!("{kind}-{name}"), format!("{kind}-job"));
                let is_another = form.value(&field).trim() != line.name;
                form.set(&field, &line.name);
                if name == "name" && (is_another || form.is_blank(&job)) {
                    form.set(&job, &line.job_title);
                }
            }
            None => form.set(&field, ""),
        }
    }
    Ok(())
}

/// One tile, and the names of the fields beneath it.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The measure.
    pub kind: MeasureKind,
    /// Its value in the form: the kind, and a number where there is a second of it.
    pub key: String,
    /// The landlord's own name for it.
    pub title: String,
    /// A sentence about when it fits.
    pub about: String,
    /// What the policy says of it besides: how long, how far, who decides, what it does not go well with.
    pub more: Vec<String>,
    /// A reason for this measure by itself is asked for.
    pub own_reason: bool,
    /// What ending direct contact leaves.
    leaves: BTreeSet<Channel>,
    /// "Letters and email stay open. Phone and home visits close".
    pub stays_open: String,
    /// What has to be confirmed first: the field, and the sentence.
    pub guards: Vec<(String, String)>,
    /// Whether new matters may be counted at a time.
    pub at_a_time: bool,
    channels: Vec<Choice>,
    days: Vec<Choice>,
    periods: Vec<Choice>,
    cadences: Vec<Choice>,
    limits: Limits,
    names: Vec<(&'static str, String)>,
}

/// Every field name beneath any tile; each is posted as "KEY-name".
const NAMES: [&str; 46] = [
    "staff",
    "cover_staff",
    "name",
    "job",
    "phone",
    "email",
    "cover",
    "closed",
    "channel",
    "days",
    "from",
    "until",
    "count",
    "per",
    "exempt",
    "answered_on",
    "with",
    "channels",
    "places",
    "events",
    "mode",
    "topics",
    "purposes",
    "why",
    "about",
    "reader",
    "except",
    "what",
    "detail",
    "removed_with_restriction",
    "words",
    "team",
    "minutes",
    "every",
    "on",
    "by",
    "one_for_all",
    "at",
    "who",
    "step",
    "which",
    "fate",
    "checked_by",
    "guard",
    "reach",
    "names",
];

impl TermsForm {
    /// The form for a policy, with room for terms there are already.
    pub fn of(policy: &Policy, terms: &[Chosen]) -> Self {
        let open = policy.measures.purposes_always_open();
        let choices = |keys: &mut dyn Iterator<Item = (&'static str, &'static str)>| {
            keys.map(|(key, title)| Choice::new(key, title)).collect::<Vec<_>>()
        };
        Self {
            slots: slots(policy, terms),
            purposes: choices(
                &mut Purpose::ALL.iter().filter(|one| !open.contains(one) && **one != Purpose::Other).map(|one| (one.key(), one.title())),
            ),
            modes: choices(&mut TopicMode::ALL.iter().map(|one| (one.key(), one.title()))),
            blocks: choices(&mut Block::ALL.iter().map(|one| (one.key(), one.title()))),
            complaint_steps: choices(&mut ComplaintStep::ALL.iter().map(|one| (one.key(), one.title()))),
            fates: choices(&mut Fate::ALL.iter().map(|one| (one.key(), one.title()))),
            document_guards: choices(&mut DocumentGuard::ALL.iter().map(|one| (one.key(), one.title()))),
            scopes: choices(&mut Scope::ALL.iter().filter(|one| **one != Scope::Organisation).map(|one| (one.key(), one.title()))),
            always_open: say::list(&open.iter().map(|one| one.many()).collect::<Vec<_>>()),
            colleagues: Vec::new(),
        }
    }

    /// The same with colleagues to choose from.
    pub fn among(self, colleagues: Vec<Choice>) -> Self {
        Self { colleagues, ..self }
    }

    /// What was chosen, typed and checked one by one; nothing when a field is wrong, with the sentence beside it. An empty list is an
    /// empty list: `rules::measure::bundle::check` says what a bundle must have. Terms that hold already may stay what they are, whatever the
    /// policy has come to allow. What ending direct contact leaves is no choice on the page: it is as in the terms that hold, or else as the
    /// policy offers it.
    pub fn read(form: &mut Form, policy: &Policy, held: &[Chosen]) -> Option<Vec<Chosen>> {
        read::terms(form, policy, held)
    }

    /// The form filled in from terms; beneath every other tile, with what the policy says is usual.
    pub fn fill(form: Form, policy: &Policy, terms: &[Chosen]) -> Form {
        let there = numbered(terms);
        let filled =
            |form, (key, term): &(String, &Chosen)| read::filled(form, &Slot::bare(term.kind(), key.clone(), term.measure()), term);
        choices::begun(there.iter().fold(form, filled), policy, &there)
    }

    /// Reasons given for a measure by itself and what was confirmed for it, by the key the assessment keeps them under.
    pub fn own_reasons(form: &Form, policy: &Policy) -> std::collections::BTreeMap<String, String> {
        let asked = policy.measures.offered.iter().filter(|offer| offer.own_reason);
        let guards = policy.measures.offered.iter().flat_map(|offer| policy.guards(offer)).map(|(key, _)| key);
        asked
            .map(|offer| crate::rules::proposal::why_key(offer.key()))
            .chain(guards)
            .map(|key| {
                let reason = form.value(&key).trim().to_owned();
                (key, reason)
            })
            .collect()
    }
}

impl Slot {
    /// The name of a field beneath this tile.
    pub fn f<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.iter().find(|(short, _)| *short == name).map_or(name, |(_, full)| full)
    }

    /// The same with what ending direct contact leaves, and what it closes of all that this landlord has.
    fn leaving(mut self, policy: &Policy, leaves: BTreeSet<Channel>) -> Self {
        let had = Channel::ALL.iter().filter(|one| policy.people.channels.contains(one));
        let closed: Vec<&str> = had.filter(|one| !leaves.contains(one)).map(|one| one.all_of_it()).collect();
        self.stays_open = format!("{} stay open. {} close", say::sentence(&writing(&leaves)), say::sentence(&say::list(&closed)));
        self.leaves = leaves;
        self
    }

    fn bare(kind: MeasureKind, key: String, measure: &str) -> Self {
        let why = ("own_reason", crate::rules::proposal::why_key(measure));
        let names = NAMES.iter().map(|name| (*name, format!("{key}-{name}"))).chain([why]).collect();
        Self {
            kind,
            key,
            title: kind.title().to_owned(),
            about: String::new(),
            more: Vec::new(),
            own_reason: false,
            leaves: BTreeSet::new(),
            stays_open: String::new(),
            guards: Vec::new(),
            at_a_time: true,
            channels: Vec::new(),
            days: Vec::new(),
            periods: Vec::new(),
            cadences: Vec::new(),
            limits: Limits::default(),
            names,
        }
    }
}

/// One tile for each measure offered, two where it is about one channel and another may need its own; more where terms are there already.
fn slots(policy: &Policy, terms: &[Chosen]) -> Vec<Slot> {
    let mut slots = Vec::new();
    for offer in &policy.measures.offered {
        let there: Vec<&Chosen> = terms.iter().filter(|term| is_of(term, offer)).collect();
        for number in 1..=there.len().max(usual_number(offer.kind)) {
            let slot = Slot::bare(offer.kind, key(offer.kind, number, offer.key()), offer.key());
            let slot = slot.choosing(policy, offer.bounded(), there.get(number - 1).copied());
            let mut slot = slot.leaving(policy, left(policy, terms, offer.key()));
            slot.own_reason = offer.own_reason && number == 1;
            match number {
                1 => {
                    (slot.title, slot.about) = (offer.title.clone(), offer.about.clone());
                    (slot.more, slot.guards) = (more(policy, offer), policy.guards(offer));
                }
                _ if usual_number(offer.kind) > 1 => slot.title = format!("{}, for another channel", offer.title),
                _ => slot.title = format!("{}, again", offer.title),
            }
            slots.push(slot);
        }
    }
    let offered = |term: &Chosen| policy.measures.offered.iter().any(|offer| is_of(term, offer));
    slots.extend(numbered(terms).into_iter().filter(|(_, term)| !offered(term)).map(|(key, term)| {
        let slot = Slot::bare(term.kind(), key, term.measure()).choosing(policy, Limits::default(), Some(term));
        Slot { title: term.title().to_owned(), ..slot.leaving(policy, left(policy, terms, term.measure())) }
    }));
    slots
}

/// What ending direct contact leaves by this measure: as it was chosen, where it was, or else as the policy offers it.
fn left(policy: &Policy, there: &[Chosen], measure: &str) -> BTreeSet<Channel> {
    let chosen = there.iter().filter(|term| term.measure() == measure).find_map(|term| match &term.term {
        Term::EndDirectContact { leaves, .. } => Some(leaves.clone()),
        _ => None,
    });
    chosen.or_else(|| policy.measures.offer(measure).map(Offer::left)).unwrap_or_else(Term::letters_and_email)
}

fn is_of(term: &Chosen, offer: &Offer) -> bool {
    (term.kind(), term.measure()) == (offer.kind, offer.key())
}

/// What the policy says of a measure besides its name and when it fits, each as a sentence.
fn more(policy: &Policy, offer: &Offer) -> Vec<String> {
    let mut said = Vec::new();
    match (offer.usual, offer.longest) {
        (Some(usual), Some(longest)) => said.push(format!("Usually {usual}, {longest} at most.")),
        (Some(usual), None) => said.push(format!("Usually {usual}.")),
        (None, Some(longest)) => said.push(format!("{} at most.", say::sentence(&longest.to_string()))),
        (None, None) => {}
    }
    if let Some(scope) = offer.scope.filter(|scope| *scope != Scope::Organisation) {
        said.push(format!("It usually reaches {}.", scope.title().to_lowercase()));
    }
    if let Some(who) = &offer.approver {
        said.push(format!("{} authorises it as well.", say::sentence(&who.say(&policy.roles))));
    }
    let against = offer.conflicts_said();
    if !against.is_empty() {
        said.push(format!("Think twice for {}.", say::either(&against)));
    }
    if offer.binds_us() {
        said.push("It is a promise of ours as well.".to_owned());
    }
    said
}

const fn usual_number(kind: MeasureKind) -> usize {
    match kind {
        MeasureKind::Times | MeasureKind::Quota => 2,
        _ => 1,
    }
}

/// The key of a tile: the kind of the measure, its number from the second on, and the policy's own key where it has one:
/// "times-2", "other_no-parcels".
fn key(kind: MeasureKind, number: usize, measure: &str) -> String {
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    let own = if measure == kind.key() { String::new() } else { format!("_{measure}") };
    format!("{}{number}{own}", kind.key())
}

/// Each term with the key of its tile.
fn numbered(terms: &[Chosen]) -> Vec<(String, &Chosen)> {
    let number = |place: usize| terms[..=place].iter().filter(|earlier| earlier.measure() == terms[place].measure()).count();
    terms.iter().enumerate().map(|(place, term)| (key(term.kind(), number(place), term.measure()), term)).collect()
}

#[cfg(test)]
mod tests;
