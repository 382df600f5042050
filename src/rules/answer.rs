//! What may I do now? The terms in force, the clock and the counters go in; one instruction comes out.
//! Never typed by hand, never remembered: worked out each time it is asked.

mod hours;
mod limit;
mod reach;
mod scene;
mod situation;
mod speaker;

pub use situation::{
    Caller, Counters, DangerLine, Given, OpenMatter, Pronoun, RepresentativeLine, RestrictionLine, Rulebook, Situation, Speaker,
    WarningLine,
};

use crate::rules::measure::phrase::stopped;
use chrono::NaiveDate;

use crate::rules::id::StaffId;
use crate::rules::measure::{Channel, Purpose, Term, Way};
use crate::rules::say;
use crate::rules::tone::Tone;
use hours::Hours;
use limit::{Limit, Rank};
use scene::{Scene, fit, is_short};

/// The longest heading, so that it can be read from two metres.
pub const LONGEST_HEADING: usize = 90;
/// Said where something narrows the contact and this is what is left, or where nothing does.
const ANYTHING_ELSE: &str = "Deal with anything else as normal";
const ANYTHING: &str = "Deal with anything as normal";
/// Words to say stay under this many.
pub const WORDS_TO_SAY: usize = 40;

/// A call the named contact makes, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub staff: StaffId,
    /// Their name.
    pub with: String,
    /// "Tuesday 24 November, 2pm to 4pm".
    pub when: String,
    pub on: NaiveDate,
}

/// What staff may do now, on one way of contact, at one minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub tone: Tone,
    pub eyebrow: String,
    /// An instruction, 90 characters at most.
    pub heading: String,
    /// Proof that this was worked out for this minute, and what comes next.
    pub line: String,
    /// What these limits leave, and what is open today.
    pub may: Vec<String>,
    /// What no limit touches, each with what staff may do. Never empty, and shown with every answer.
    pub always: Vec<(Purpose, String)>,
    pub may_not: Vec<String>,
    pub how: Vec<(String, String)>,
    pub needs: Vec<(String, String)>,
    /// In curly quotes, under 40 words.
    pub say: Option<String>,
    /// The call that is promised, where there is somebody of ours to make it.
    pub booking: Option<Booking>,
    pub speak_for: Vec<String>,
    pub why: Option<String>,
    pub decided: Option<String>,
    /// For the notice on the customer's record.
    pub one_line: String,
}

impl Answer {
    /// What is always open, named in one line: "emergencies, repairs and appeals".
    pub fn always_named(&self) -> String {
        let names: Vec<String> = self.always.iter().map(|(purpose, _)| purpose.many().to_owned()).collect();
        say::list(&names)
    }

    /// The same as the landlord's policy tells staff, each line once.
    pub fn always_worded(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = Vec::new();
        for (_, words) in &self.always {
            if !lines.contains(&words.as_str()) {
                lines.push(words);
            }
        }
        lines
    }
}

/// The answer for this way at this minute.
pub fn now(situation: &Situation<'_>) -> Answer {
    let scene = Scene::of(situation);
    let limits = limit::all(&scene);
    let (tone, heading) = heading(&scene, &limits);
    let eyebrow = eyebrow(&scene);
    Answer {
        tone,
        line: line(&scene, &limits, &heading),
        may: may(&scene, &limits),
        always: if scene.is_somebody_else() { situation.policy.always_for_others() } else { situation.policy.always() },
        may_not: collect(&limits, |limit| &limit.may_not),
        how: if situation.speaker == Speaker::Household { Vec::new() } else { reach::rows(&scene) },
        needs: needs(situation),
        say: words_to_say(&scene, &limits),
        booking: booking(&scene, &limits),
        speak_for: speak_for(&scene),
        why: why(&scene),
        decided: decided(&scene),
        one_line: one_line(&scene, &eyebrow, &heading),
        eyebrow,
        heading,
    }
}

/// The adjustments are the customer's: nobody else at home hears of them.
fn needs(situation: &Situation<'_>) -> Vec<(String, String)> {
    match situation.speaker {
        Speaker::Household => Vec::new(),
        _ => situation.needs.iter().map(|need| (need.title.clone(), need.what_to_do.clone())).collect(),
    }
}

fn heading(scene: &Scene<'_>, limits: &[Limit]) -> (Tone, String) {
    match limits.first() {
        Some(limit) => (limit.rank.tone(), together(limit, &limits[1..])),
        None if !scene.in_force.is_empty() => (Tone::Info, untouched(scene)),
        None => unlimited(scene),
    }
}

/// The heading of the furthest-reaching limit, and before it who has to go along: nobody may miss that.
fn together(first: &Limit, others: &[Limit]) -> String {
    let company = others.iter().find_map(|one| one.company.as_deref());
    let with = |company: &str| first.headings.iter().map(|heading| format!("{company} {heading}")).find(|words| is_short(words));
    company.and_then(with).unwrap_or_else(|| fit(&first.headings))
}

fn untouched(scene: &Scene<'_>) -> String {
    if scene.lines.is_empty() {
        return format!("{} as normal. The limits are about another service.", scene.verb());
    }
    let what = match scene.way() {
        Way::Phone => "calls",
        Way::Writing => "messages",
        Way::Chat => "chats",
        Way::Person => "meetings",
        Way::Visit => "home visits",
        Way::Social => "social media",
    };
    format!("{} as normal. The limits do not touch {what}.", scene.verb())
}

/// Nothing is applied: an appeal is heard, ended, warned, something to know, or nothing on record.
fn unlimited(scene: &Scene<'_>) -> (Tone, String) {
    let normal = format!("{} as normal", scene.verb());
    if let Some(waits) = scene.waits() {
        let (word, because) = (scene.facts.policy.restriction, waits.because());
        let headings = [format!("{normal}. The {word} waits: {because}."), format!("{normal}. {}.", say::sentence(because))];
        return (Tone::Info, fit(&headings));
    }
    if let Some(last) = scene.ended {
        let ended = ended(scene, last);
        return (Tone::Ok, fit(&[format!("{normal}. {ended}"), format!("{normal}. Do not apply what has ended.")]));
    }
    if let Some(warning) = scene.facts.warnings.iter().max_by_key(|one| one.given_on) {
        let title = say::sentence(&say::a(&warning.title.to_lowercase()));
        let on = say::day(warning.given_on);
        let said = match warning.given {
            Given::Recorded => format!("was recorded on {on}."),
            Given::LetterSent => format!("letter was sent on {on}."),
            Given::LetterWaits => "letter has not gone out yet.".to_owned(),
        };
        let headings = [format!("{normal}. {title} {said}"), format!("{normal}. A warning {said}")];
        return (Tone::Info, fit(&headings));
    }
    match scene.facts.needs.len() {
        0 => (Tone::Ok, format!("{normal}.")),
        1 => (Tone::Info, format!("{normal}, with one adjustment.")),
        many => (Tone::Info, format!("{normal}, with {many} adjustments.")),
    }
}

fn ended(scene: &Scene<'_>, last: NaiveDate) -> String {
    format!("The {} ended on {}. Do not apply it.", scene.facts.policy.restriction, say::day(last))
}

fn eyebrow(scene: &Scene<'_>) -> String {
    if scene.in_force.is_empty() {
        return match (scene.waits(), scene.ended) {
            (Some(waits), _) => waits.title().to_owned(),
            (None, Some(last)) => format!("Ended on {}", say::day(last)),
            _ if scene.danger().is_some() => "A danger on record".to_owned(),
            _ if !scene.facts.warnings.is_empty() => "Warning in force".to_owned(),
            _ if !scene.facts.needs.is_empty() => "Something to know".to_owned(),
            _ => "No limit on contact".to_owned(),
        };
    }
    let limited = &scene.facts.policy.limited;
    let appeal = if scene.in_force.iter().any(|one| one.under_appeal) { ", under appeal" } else { "" };
    let last = scene.in_force.iter().map(|one| one.until).collect::<Option<Vec<_>>>();
    match last.and_then(|dates| dates.into_iter().max()) {
        Some(date) => format!("{limited} until {}{appeal}", say::day(date)),
        None => format!("{limited}, no end date{appeal}"),
    }
}

fn line(scene: &Scene<'_>, limits: &[Limit], heading: &str) -> String {
    let mut line = format!("It is {}.", say::minute(scene.facts.now));
    let company = limits.iter().skip(1).filter_map(|limit| limit.company.clone());
    let more = company.chain(limits.iter().filter_map(|limit| limit.line.clone()));
    let untold = scene
        .in_force
        .iter()
        .any(|one| !one.is_told)
        .then(|| format!("{} letter has not gone out yet: say what has changed before you apply it.", say::sentence(scene.his())));
    let past = scene
        .ended
        .filter(|_| !scene.in_force.is_empty())
        .map(|last| format!("Another {} ended on {}. Do not apply it.", scene.facts.policy.restriction, say::day(last)));
    let waits = scene
        .waits()
        .filter(|_| !scene.in_force.is_empty())
        .map(|waits| format!("Another {} waits: {}. Do not apply it.", scene.facts.policy.restriction, waits.because()));
    for sentence in untold.into_iter().chain(more).chain(past).chain(waits) {
        if !heading.contains(&sentence) && !line.contains(&sentence) {
            line.push(' ');
            line.push_str(&sentence);
        }
    }
    line
}

/// What these limits leave, and what is open today; what is always open stands beside it.
fn may(scene: &Scene<'_>, limits: &[Limit]) -> Vec<String> {
    let mut may = collect(limits, |limit| &limit.may);
    if scene.is_somebody_else() {
        if scene.open.contains(&Purpose::Payment) {
            may.push("Take a payment, and give no balance".to_owned());
        }
        return may;
    }
    let open = scene.facts.open_matters.iter().filter(|matter| scene.open.contains(&matter.purpose));
    may.extend(open.map(|matter| format!("Deal with {}", matter.title)));
    if !limits.iter().any(|limit| limit.rank.narrows()) {
        let is_limited = !may.is_empty() || limits.iter().any(|limit| !limit.may_not.is_empty());
        may.push(if is_limited { ANYTHING_ELSE } else { ANYTHING }.to_owned());
    }
    may
}

fn collect(limits: &[Limit], part: impl Fn(&Limit) -> &Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for words in limits.iter().flat_map(part) {
        if !all.contains(words) {
            all.push(words.clone());
        }
    }
    all
}

/// The words of the furthest-reaching limit, with the fullest greeting that stays short enough to say.
fn words_to_say(scene: &Scene<'_>, limits: &[Limit]) -> Option<String> {
    if !matches!(scene.way(), Way::Phone | Way::Person | Way::Chat) {
        return None;
    }
    let first = limits.iter().find(|limit| !limit.say.is_empty())?;
    let greeting = format!("Hello {}.", scene.facts.customer.formal());
    // Whoever speaks for the customer is not called by the customer's name.
    let bodies = || first.say.iter().filter(|_| scene.facts.speaker == Speaker::Customer);
    let named = bodies().map(|body| format!("“{greeting} {body}”"));
    let plain = first.say.iter().map(|body| format!("“Hello. {body}”"));
    named.chain(plain).find(|words| words.split_whitespace().count() < WORDS_TO_SAY)
}

/// The next agreed call, where somebody of ours makes it and is not the one who asks: by phone alone, and with the customer.
fn booking(scene: &Scene<'_>, limits: &[Limit]) -> Option<Booking> {
    let leads = limits.iter().any(|limit| matches!(limit.rank, Rank::Named | Rank::Outside));
    if scene.way() != Way::Phone || scene.facts.speaker != Speaker::Customer || !leads {
        return None;
    }
    let named = scene.terms().find_map(|term| match term {
        Term::SinglePointOfContact { name, phone, staff: Some(staff), .. } if !phone.trim().is_empty() => Some((name.trim(), *staff)),
        _ => None,
    });
    let (with, staff) = named.filter(|(_, staff)| scene.facts.reader_id != Some(*staff))?;
    match hours::on(scene, Channel::Phone)? {
        Hours::Outside { next: Some(window) } => {
            Some(Booking { staff, with: with.to_owned(), when: window.said_in_full(scene.today()), on: window.date })
        }
        _ => None,
    }
}

/// Those whose consent has not run out.
fn speak_for(scene: &Scene<'_>) -> Vec<String> {
    let holds = |until: Option<NaiveDate>| until.is_none_or(|last| scene.today() <= last);
    let people = scene.facts.representatives.iter().filter(|one| holds(one.consent_until));
    people
        .map(|one| {
            let until = one
                .consent_until
                .map_or_else(|| "Consent on file.".to_owned(), |last| format!("Consent on file until {}.", say::day(last)));
            let note = one.note.as_deref().filter(|note| !note.trim().is_empty()).map(stopped);
            let start = format!("{}, {}. {until}", one.name, say::inside(&one.relation));
            note.map_or_else(|| start.clone(), |note| format!("{start} {note}"))
        })
        .collect()
}

fn why(scene: &Scene<'_>) -> Option<String> {
    let pairs = scene.terms().filter_map(|term| match term {
        Term::TwoPersonVisits { why } if scene.way() == Way::Visit => Some(format!("Two staff: {}", stopped(why))),
        _ => None,
    });
    let reasons = scene.in_force.iter().map(|one| one.why.trim().to_owned()).filter(|why| !why.is_empty());
    let all: Vec<String> = reasons.chain(pairs).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn decided(scene: &Scene<'_>) -> Option<String> {
    let all: Vec<String> = scene
        .in_force
        .iter()
        .map(|one| {
            let review = one.review_due.map_or_else(String::new, |due| {
                let verb = if due < scene.today() { "was due on" } else { "due on" };
                let late = if due < scene.today() { " and is late" } else { "" };
                format!(". Review {verb} {}{late}", say::day(due))
            });
            format!("Decided by {}, {}{review}", one.decided_by, say::day(one.decided_on))
        })
        .collect();
    (!all.is_empty()).then(|| all.join(". "))
}

fn one_line(scene: &Scene<'_>, eyebrow: &str, heading: &str) -> String {
    if scene.in_force.is_empty() { heading.to_owned() } else { format!("{}. {heading}", say::sentence(eyebrow)) }
}

#[cfg(test)]
mod props;
#[cfg(test)]
mod tests;
