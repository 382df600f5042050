//! Terms together: a bundle leaves a route, closes nothing that is always open, and does not contradict itself.

mod within;

use std::collections::{BTreeMap, BTreeSet};

use super::limits::Limits;
use super::phrase::{by, channels};
use super::words::topic_list;
use super::{Channel, Chosen, OneOpenChannel, Purpose, Term, TopicMode};
use crate::rules::label::labels;
use crate::rules::need::NeedKind;
use crate::rules::say;

/// The channels on which a customer can begin a contact and be answered.
pub const ROUTES: [Channel; 7] =
    [Channel::Phone, Channel::Email, Channel::Text, Channel::Letter, Channel::Online, Channel::Chat, Channel::Person];

labels! {
    /// How much a refusal weighs.
    pub enum Severity {
        /// Nobody may approve it.
        Never "never" "Cannot be approved",
        /// Nobody reaches us any more: whoever the policy names may decide that all the same, with a reason that is kept.
        Senior "senior" "Needs a decision by someone senior",
        /// Someone senior may go on, with a reason that is kept.
        Reason "reason" "Needs a reason from someone senior",
        /// It may stand. Whoever proposes and whoever decides is told what it means.
        Warning "warning" "May stand, with a warning",
    }
}

/// Why a bundle cannot stand as it is, as a sentence the proposer can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub severity: Severity,
    /// The term it is about, by its place in the bundle, where it is about one.
    pub term: Option<usize>,
    pub sentence: String,
}

/// What a bundle is held against: the landlord's policy, and what is owed to this customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// What no term may close. The floor is part of it, whatever stands here.
    pub always_open: BTreeSet<Purpose>,
    /// How firmly a way to us is kept.
    pub one_open: OneOpenChannel,
    /// The channels on which a customer of this landlord can begin a contact and be answered.
    pub ways: BTreeSet<Channel>,
    /// Measures this landlord holds to clash with a need, by their keys, beside those that do everywhere.
    pub clashes: BTreeSet<(String, NeedKind)>,
    /// What this landlord calls its measures, by their keys.
    pub titles: BTreeMap<String, String>,
    /// What this landlord allows the parameters of its measures to be, by their keys.
    pub limits: BTreeMap<String, Limits>,
    /// The terms that hold already, where some do.
    pub held: Vec<Chosen>,
}

impl Bounds {
    /// These purposes and the floor stay open, and so does a way to us.
    pub fn strict(always_open: BTreeSet<Purpose>) -> Self {
        Self {
            always_open,
            one_open: OneOpenChannel::Enforced,
            ways: ROUTES.into(),
            clashes: BTreeSet::new(),
            titles: BTreeMap::new(),
            limits: BTreeMap::new(),
            held: Vec::new(),
        }
    }

    /// The same, with what is owed to one kind of person whatever is decided.
    pub fn owing(mut self, duties: &[Purpose]) -> Self {
        self.always_open.extend(duties);
        self
    }

    /// What a measure is called here: by the landlord, or else by its kind.
    fn title<'a>(&'a self, term: &'a Chosen) -> &'a str {
        let here = || self.titles.get(term.measure()).map(|title| title.trim());
        term.own_title().or_else(here).unwrap_or_else(|| term.title())
    }

    /// Every purpose that stays open.
    pub fn open(&self) -> BTreeSet<Purpose> {
        Purpose::always_open(&self.always_open)
    }
}

/// Everything that speaks against these terms together; empty means that they may be sent for approval.
pub fn check(terms: &[Chosen], bounds: &Bounds, needs: &[NeedKind]) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if terms.is_empty() {
        refusals.push(never(None, "Choose at least one measure."));
    }
    refusals.extend(faulty(terms, bounds));
    refusals.extend(no_route(terms, bounds));
    refusals.extend(closing_what_is_open(terms, &bounds.open()));
    refusals.extend(on_a_closed_channel(terms, bounds));
    refusals.extend(on_a_way_that_is_named(terms, bounds));
    refusals.extend(said_twice(terms, bounds));
    refusals.extend(against_a_need(terms, bounds, needs));
    refusals
}

/// Whether nothing in the way is beyond a senior's reason.
pub fn may_go_on(refusals: &[Refusal]) -> bool {
    refusals.iter().all(|refusal| refusal.severity != Severity::Never)
}

/// Whether these terms leave a customer without any way to begin a contact, but for what is always open.
pub fn leaves_nothing(terms: &[Chosen], ways: &BTreeSet<Channel>) -> bool {
    routes(terms, ways).is_empty() && !terms.iter().any(|term| term.leaves_route())
}

/// The channels these terms close wholly, all together.
pub fn closed(terms: &[Chosen]) -> BTreeSet<Channel> {
    terms.iter().flat_map(|term| term.closes()).collect()
}

/// Of these ways, those a customer still has in their own name.
pub fn routes(terms: &[Chosen], ways: &BTreeSet<Channel>) -> BTreeSet<Channel> {
    let closed = closed(terms);
    let blocked: BTreeSet<Channel> = terms.iter().filter_map(|term| term.blocks()).collect();
    ways.iter().copied().filter(|one| !closed.contains(one) && !blocked.contains(one)).collect()
}

fn faulty<'a>(terms: &'a [Chosen], bounds: &'a Bounds) -> impl Iterator<Item = Refusal> + 'a {
    terms.iter().enumerate().flat_map(move |(place, term)| {
        bounds.wrong_with(term).into_iter().map(move |fault| {
            let sentence = format!("{}: {}.", bounds.title(term), fault.sentence.trim_end_matches('.'));
            never(Some(place), sentence)
        })
    })
}

fn no_route(terms: &[Chosen], bounds: &Bounds) -> Option<Refusal> {
    let nothing = "These measures leave no way to reach us";
    let ways: Vec<&str> = bounds.ways.iter().map(|one| one.all_of_it()).collect();
    let (severity, sentence) = match bounds.one_open {
        OneOpenChannel::Enforced => (Severity::Never, format!("{nothing}. Leave {} open, or name a representative.", say::either(&ways))),
        OneOpenChannel::Advisory => (
            Severity::Senior,
            format!("{nothing}. The policy says that one should stay open: leave one open, or give the reason for whoever decides."),
        ),
        OneOpenChannel::Off => (
            Severity::Warning,
            format!("{nothing}. Only what is always open still does, and someone who cannot reach us cannot put anything right."),
        ),
    };
    leaves_nothing(terms, &bounds.ways).then_some(Refusal { severity, term: None, sentence })
}

fn closing_what_is_open(terms: &[Chosen], open: &BTreeSet<Purpose>) -> Vec<Refusal> {
    terms
        .iter()
        .enumerate()
        .flat_map(|(place, term)| {
            term.purposes_named().into_iter().filter(|purpose| open.contains(purpose)).map(move |purpose| {
                let sentence = format!(
                    "{} are always open, so no measure can leave them out. Take them off the list of topics.",
                    say::sentence(plural(purpose))
                );
                never(Some(place), sentence)
            })
        })
        .collect()
}

const fn plural(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Safeguarding => "safeguarding concerns",
        Purpose::TenancyEnd => "notices that a tenancy is ending",
        Purpose::Other => "other enquiries",
        _ => purpose.many(),
    }
}

fn on_a_closed_channel(terms: &[Chosen], bounds: &Bounds) -> Vec<Refusal> {
    let closed = closed(terms);
    terms
        .iter()
        .enumerate()
        .filter_map(|(place, term)| {
            let shut: BTreeSet<Channel> = term.relies_on().intersection(&closed).copied().collect();
            (!shut.is_empty()).then(|| never(Some(place), contradiction(bounds.title(term), term, &shut)))
        })
        .collect()
}

/// A term that names the ways it leaves, beside another that closes one of them: its letter would say both.
fn on_a_way_that_is_named(terms: &[Chosen], bounds: &Bounds) -> Vec<Refusal> {
    let closed = closed(terms);
    terms
        .iter()
        .enumerate()
        .filter_map(|(place, term)| {
            let left = term.names_open();
            let shut: BTreeSet<Channel> = left.intersection(&closed).copied().collect();
            (!shut.is_empty()).then(|| {
                let sentence = format!(
                    "{} leaves contact {}, and another measure closes {}. Open {} there, or take this out and close each channel there.",
                    bounds.title(term),
                    by(&left, say::list),
                    channels(&shut, say::list),
                    channels(&shut, say::list),
                );
                never(Some(place), sentence)
            })
        })
        .collect()
}

fn contradiction(title: &str, term: &Chosen, shut: &BTreeSet<Channel>) -> String {
    let names = channels(shut, say::list);
    let what = match &term.term {
        Term::SinglePointOfContact { name, .. } => {
            format!("{name} is to be reached {}", by(shut, say::list))
        }
        Term::Times { .. } => format!("There are set times for {names}"),
        Term::Quota { .. } => format!("There is a limit on how often for {names}"),
        _ => format!("{title} is chosen for {names}"),
    };
    format!("{what}, and another measure closes {names}. Open {names}, or take this out.")
}

fn said_twice(terms: &[Chosen], bounds: &Bounds) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for (place, term) in terms.iter().enumerate() {
        for earlier in &terms[..place] {
            refusals.extend(clash(earlier, term, bounds).map(|sentence| never(Some(place), sentence)));
        }
    }
    refusals
}

fn clash(earlier: &Chosen, later: &Chosen, bounds: &Bounds) -> Option<String> {
    match (&earlier.term, &later.term) {
        (Term::Quota { channel: one, .. }, Term::Quota { channel: two, .. }) if one == two => {
            Some(format!("There are two limits on how often for {}. Keep one.", one.name()))
        }
        (Term::SinglePointOfContact { .. }, Term::SinglePointOfContact { .. }) => {
            Some("Two people are named as the single point of contact. Name one, with the other as cover.".to_owned())
        }
        (Term::SinglePointOfContact { .. }, Term::NamedTeam { .. }) | (Term::NamedTeam { .. }, Term::SinglePointOfContact { .. }) => {
            Some("A person and a team are both named as the point of contact. Name one of them.".to_owned())
        }
        (Term::RepresentativeOnly { .. }, Term::RepresentativeOnly { .. }) => Some("Two representatives are named. Name one.".to_owned()),
        (Term::Topics { mode: one, .. }, Term::Topics { mode: two, .. }) if one != two => topics_clash(earlier, later),
        (one, two) if one == two || (earlier.kind() == later.kind() && later.kind().once()) => {
            Some(format!("{} is chosen twice. Keep one.", bounds.title(later)))
        }
        _ => None,
    }
}

fn topics_clash(earlier: &Term, later: &Term) -> Option<String> {
    let (Term::Topics { mode, topics, purposes }, Term::Topics { topics: others, purposes: more, .. }) = (earlier, later) else {
        return None;
    };
    let first = topic_list(topics, purposes);
    let second: BTreeSet<String> = topic_list(others, more).iter().map(|one| one.to_lowercase()).collect();
    let both: Vec<&String> = first.iter().filter(|one| second.contains(&one.to_lowercase())).collect();
    let other = if *mode == TopicMode::Only { "left out" } else { "allowed" };
    (!both.is_empty())
        .then(|| format!("One measure allows what another leaves out: {} is also {other}. Keep one of the two.", say::list(&both)))
}

fn against_a_need(terms: &[Chosen], bounds: &Bounds, needs: &[NeedKind]) -> Vec<Refusal> {
    let needs: BTreeSet<NeedKind> = needs.iter().copied().collect();
    let represented = terms.iter().any(|term| term.leaves_route());
    let left = routes(terms, &bounds.ways);
    let mut refusals = Vec::new();
    for need in needs {
        if !represented && need.shuts_out(&left) {
            refusals.push(reason(None, shut_out(need, &left)));
        }
        for (place, term) in terms.iter().enumerate() {
            let named = matches!(term.term, Term::SinglePointOfContact { .. }) && need.shuts_out(&term.relies_on());
            if named && !need.shuts_out(&left) {
                refusals.push(reason(Some(place), hard_to_reach(need, &term.relies_on())));
            }
            let here = bounds.clashes.contains(&(term.measure().to_owned(), need)).then_some("the policy says so");
            if let Some(why) = need.clashes_with(term.kind()).or(here) {
                refusals.push(reason(Some(place), hard(need, bounds.title(term), why)));
            }
        }
    }
    refusals
}

fn shut_out(need: NeedKind, left: &BTreeSet<Channel>) -> String {
    format!(
        "This leaves only contact {} for {}. Leave another way open, or ask someone senior for a reason.",
        by(left, say::either),
        need.someone()
    )
}

/// About the named contact alone: other ways to us stay open.
fn hard_to_reach(need: NeedKind, on: &BTreeSet<Channel>) -> String {
    format!(
        "The named contact can be reached {} only, which may not work for {}. Add another way to reach them, or ask someone senior for a reason.",
        by(on, say::either),
        need.someone()
    )
}

fn hard(need: NeedKind, measure: &str, why: &str) -> String {
    format!("{measure} may not work for {}: {why}. Change it, or ask someone senior for a reason.", need.someone())
}

fn never(term: Option<usize>, sentence: impl Into<String>) -> Refusal {
    Refusal { severity: Severity::Never, term, sentence: sentence.into() }
}

fn reason(term: Option<usize>, sentence: String) -> Refusal {
    Refusal { severity: Severity::Reason, term, sentence }
}

#[cfg(test)]
mod tests;
