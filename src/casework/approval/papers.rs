//! Everything a decision is taken on: the proposal, who said what so far, who took part, and what the policy asks for.

use super::{Changes, Decision, refused};
use crate::casework::case::Case;
use crate::casework::desk::Desk;
use crate::casework::proposal::{self, Whole};
use crate::casework::{Error, Refusal as Against, Result, notice};
use crate::rules::authority::{self, Approval, Person, Progress, Refusal, Stages};
use crate::rules::days;
use crate::rules::delegation;
use crate::rules::id::RestrictionId;
use crate::rules::ladder::Past;
use crate::rules::policy::{Body, Part, StageKind};
use crate::rules::proposal::{Check, Met, Section};
use crate::rules::restriction_term::{self, Dates};
use crate::rules::say;
use crate::store;
use crate::store::approval::Said;
use crate::store::term::TermLine;

/// Everything a decision is taken on.
#[derive(Debug)]
pub struct Papers {
    /// The proposal, with its customer and its policy.
    pub whole: Whole,
    /// Its terms, with their ids.
    pub terms: Vec<TermLine>,
    /// Everything said on it, in every round.
    pub said: Vec<Said>,
    /// Who took which part.
    pub case: Case,
    /// The stages the policy asks for.
    pub asked: Stages,
    /// The same as they stand here: a substitute in the place of whoever may not.
    pub stages: Stages,
    /// The steps taken with the customer before.
    pub past: Past,
}

impl Papers {
    /// The papers as they stand now.
    pub async fn of(desk: &mut Desk, id: RestrictionId) -> Result<Self> {
        let whole = proposal::read(desk, id).await?;
        let terms = store::term::list(&mut desk.tx, id).await?;
        let said = store::approval::list(&mut desk.tx, id).await?;
        let asked = Stages::of(&whole.policy, &whole.asked(sent_on(&whole)));
        let case = Case::of(desk, id).await?.lending(desk, &whole.policy, &asked).await?;
        let past = whole.past(desk).await?;
        let approvals = standing(&said, whole.proposal.round);
        let stages = asked.with_substitutes(&whole.policy, &approvals, &case.here(), &case.history);
        Ok(Self { whole, terms, said, case, asked, stages, past })
    }

    /// The person at the desk, as the rules know them, with the posts lent to them.
    pub fn reader(&self, desk: &Desk) -> Result<Person> {
        let staff = desk.staff()?;
        Ok(delegation::with_lent(&Person { id: staff.id, roles: staff.roles.clone() }, &self.case.lent))
    }

    /// The views and approvals of this round.
    pub fn approvals(&self) -> Vec<Approval> {
        standing(&self.said, self.whole.proposal.round)
    }

    /// Why nobody can go on with it, where nobody can.
    pub fn stuck(&self) -> Option<String> {
        self.stages.stuck(&self.whole.policy, &self.approvals(), &self.case.here(), &self.case.history)
    }

    /// The body that decides at this stage, where one does.
    pub fn body(&self, place: usize) -> Option<&Body> {
        authority::body_of(&self.whole.policy, self.stages.stages.get(place)?)
    }

    /// Whether this person may sit when the body of this stage decides.
    pub fn may_sit(&self, place: usize, person: &Person) -> std::result::Result<(), Refusal> {
        authority::may_sit(&self.whole.policy, &self.stages, place, &self.approvals(), person, &self.case.history)
    }

    /// What these keys of the policy's list ask for, in its words.
    pub fn asked_for(&self, keys: &[String]) -> Vec<String> {
        let list = &self.whole.policy.authority.returned_for;
        list.iter().filter(|one| keys.contains(&one.key)).map(|one| one.ask.clone()).collect()
    }

    /// What stands in this round, in order: said in it, or before and still true.
    pub fn this_round(&self) -> impl Iterator<Item = &Said> {
        self.said.iter().filter(|one| one.stands_in == self.whole.proposal.round)
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        self.stages.progress(&self.whole.policy, &self.approvals())
    }

    /// The stage this person may act in now, or why not.
    pub fn turn(&self, reader: &Person) -> std::result::Result<usize, Refusal> {
        self.stages.turn(&self.whole.policy, &self.approvals(), reader, &self.case.history)
    }

    /// Names of those who may act now.
    pub fn who_can(&self) -> Vec<&str> {
        let may = |line: &&store::staff::StaffLine| !line.has_left && self.turn(&self.case.person(line)).is_ok();
        self.case.people.iter().filter(may).map(|line| line.name.as_str()).collect()
    }

    /// The parts this person took that keep them from deciding.
    pub fn kept_by(&self, reader: &Person) -> Vec<Part> {
        let own = self.stages.progress(&self.whole.policy, &self.approvals());
        let open = if let Progress::Waiting { open, .. } = &own { &open[..] } else { &[] };
        let here = open.iter().flat_map(|place| &self.stages.stages[*place].never);
        let never: Vec<Part> = self.whole.policy.authority.never_authorises.iter().chain(here).copied().collect();
        self.case.history.parts_of(reader.id).filter(|part| *part == Part::Proposed || never.contains(part)).collect()
    }

    /// Whether this person said this very thing at this stage before.
    pub fn has_said(&self, reader: &Person, stage: usize, decision: &Decision) -> bool {
        self.this_round().any(|one| one.by == reader.id && usize::try_from(one.stage) == Ok(stage) && one.say == decision.key())
    }

    /// The post in which somebody acts at a stage, by its title.
    pub fn as_role(&self, place: usize, reader: &Person) -> String {
        self.case.as_role(&self.whole.policy, &self.stages.stages[place], reader)
    }

    /// The key of the post in which somebody acts at a stage, or of the body that decides there.
    pub fn as_post(&self, place: usize, reader: &Person) -> String {
        self.case.as_post(&self.whole.policy, &self.stages.stages[place], reader)
    }

    /// "Helen Marsh approved this at 11:42am.": what somebody with an old page is told.
    pub fn who_was_first(&self, desk: &Desk) -> String {
        let Some(last) = self.this_round().last() else {
            return "This was changed since you opened it.".to_owned();
        };
        let did = match last.say.as_str() {
            "view" => "gave a view on this",
            "approve" => "approved this",
            "send-back" => "sent this back with questions",
            _ => "declined this",
        };
        let when = match days::day_of(last.at) == desk.today() {
            true => format!("at {}", say::time(days::time_of(last.at))),
            false => format!("on {}", say::minute(last.at)),
        };
        format!("{} {did} {when}.", last.name)
    }

    /// The policy's checks with the two of the reader's own: the letter, and their part. Unmet first.
    pub async fn checks(&self, desk: &mut Desk, reader: &Person) -> Result<Vec<Check>> {
        let mut checks = self.whole.checks(&self.past, desk.today());
        checks.push(letter(&notice::misses(desk, &self.whole).await?));
        let kept_by = if self.turn(reader).is_ok() { Vec::new() } else { self.kept_by(reader) };
        checks.push(part(&kept_by));
        checks.sort_by_key(|check| check.met);
        Ok(checks)
    }

    /// Refuses while any check forbids it.
    pub async fn nothing_in_the_way(&self, desk: &mut Desk, reader: &Person) -> Result<()> {
        let against: Vec<String> =
            self.checks(desk, reader).await?.into_iter().filter(|check| check.met == Met::Not).map(|check| against(&check)).collect();
        if against.is_empty() { Ok(()) } else { Err(refused(against)) }
    }

    /// The last way to us is closed by nobody but whoever the policy names for that: the reader, or somebody who authorised it before.
    pub fn may_close_the_last_way(&self, reader: &Person) -> Result<()> {
        let policy = &self.whole.policy;
        let Some(who) = policy.measures.over_the_rule(&self.whole.draft().terms, &policy.ways()) else { return Ok(()) };
        let authorised = self
            .approvals()
            .into_iter()
            .filter(|one| self.stages.stages.get(one.stage).is_some_and(|stage| stage.kind == StageKind::Authorise));
        let by: Vec<_> = authorised.map(|one| one.by).collect();
        let before = self.case.people.iter().filter(|line| by.contains(&line.id)).map(|line| self.case.person(line));
        if before.chain([reader.clone()]).any(|one| self.case.history.holds(policy, who, &one)) {
            return Ok(());
        }
        let who = who.say(&policy.roles);
        let sentence = format!("It leaves no way to reach us, and only {who} can decide that. Leave a measure out, or send it back.");
        Err(Error::refused("decision", sentence))
    }

    /// Takes in the changes of whoever approves, and says them. Nobody may go further than somebody agreed to before,
    /// nor make it a case for other people.
    pub fn change(&mut self, desk: &Desk, place: usize, changes: &Changes) -> Result<String> {
        let (ends_before, review_before) = (self.whole.draft().ends_on, self.whole.draft().review_on);
        let agreed_before = self.stages.stages[..place].iter().any(|stage| stage.kind == StageKind::Authorise);
        if agreed_before {
            self.no_further(changes)?;
        }
        let gone: Vec<String> =
            self.terms.iter().filter(|line| changes.without.contains(&line.id)).map(|line| self.title_of(line)).collect();
        self.terms.retain(|line| !changes.without.contains(&line.id));
        let draft = &mut self.whole.proposal.draft;
        draft.terms = self.terms.iter().map(|line| line.term.clone()).collect();
        draft.ends_on = changes.ends_on;
        draft.permanent = changes.ends_on.is_none();
        draft.review_on = Some(changes.review_on);
        self.holds_together(desk)?;
        if Stages::of(&self.whole.policy, &self.whole.asked(sent_on(&self.whole))).stages != self.asked.stages {
            let sentence =
                "With these changes the policy asks other people to decide. Send it back instead, so that it is proposed this way.";
            return Err(Error::refused("decision", sentence));
        }
        let mut said = Vec::new();
        if ends_before != changes.ends_on {
            let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "none".to_owned(), say::day);
            said.push(format!("last day {} instead of {}", day(changes.ends_on), day(ends_before)));
        }
        if review_before != Some(changes.review_on) {
            said.push(format!("review {}", say::day(changes.review_on)));
        }
        if !gone.is_empty() {
            said.push(format!("without {}", say::list(&gone)));
        }
        match said.is_empty() {
            true => Err(Error::refused("decision", format!("Change something, or choose Approve. Today is {}.", say::day(desk.today())))),
            false => Ok(format!("With changes: {}.", say::list(&said))),
        }
    }

    /// The landlord's own name for a measure.
    fn title_of(&self, line: &TermLine) -> String {
        self.whole.policy.measures.offer(line.term.measure()).map_or_else(|| line.term.title(), |offer| &offer.title).to_lowercase()
    }

    /// What is left still says something, on days the policy allows: beside its field where not.
    fn holds_together(&self, desk: &Desk) -> Result<()> {
        let (draft, today) = (self.whole.draft(), desk.today());
        let mut refusals = Vec::new();
        if draft.terms.is_empty() {
            refusals.push(Against::at("keep", "Leave at least one of these in, or decline"));
        }
        if let Some(review) = draft.review_on {
            let dates = Dates { from: today, until: draft.ends_on, review };
            let wrong = restriction_term::check(&self.whole.policy, dates, &self.whole.before(today)).err().unwrap_or_default();
            refusals
                .extend(wrong.iter().map(|one| Against::at(if one.is_about_review() { "review_on" } else { "ends_on" }, one.to_string())));
        }
        if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
    }

    fn no_further(&self, changes: &Changes) -> Result<()> {
        let draft = self.whole.draft();
        let mut against = Vec::new();
        if let Some(agreed) = draft.ends_on
            && changes.ends_on.is_none_or(|day| day > agreed)
        {
            let sentence =
                format!("The last day agreed before you is {}. You can make it sooner; to make it later, send it back.", say::day(agreed));
            against.push(Against::at("ends_on", sentence));
        }
        if let Some(agreed) = draft.review_on
            && changes.review_on > agreed
        {
            let sentence = format!(
                "The review day agreed before you is {}. You can make it sooner; to make it later, send it back.",
                say::day(agreed)
            );
            against.push(Against::at("review_on", sentence));
        }
        if against.is_empty() { Ok(()) } else { Err(Error::Refused(against)) }
    }
}

/// The views and approvals that stand in a round; where a body decided, one for each who sat.
pub fn standing(said: &[Said], round: i16) -> Vec<Approval> {
    said.iter()
        .filter(|one| one.stands_in == round && matches!(one.say.as_str(), "view" | "approve"))
        .flat_map(|one| {
            let stage = usize::try_from(one.stage).unwrap_or_default();
            let by = if one.meeting_on.is_some() { &one.sat[..] } else { std::slice::from_ref(&one.by) };
            by.iter().map(move |by| Approval { stage, by: *by })
        })
        .collect()
}

/// "Not met: can the customer still do everyday things?"
fn against(check: &Check) -> String {
    let stop = if check.rule.ends_with('?') { "" } else { "." };
    format!("Not met: {}{stop} {}", check.rule, check.note).trim().to_owned()
}

/// The day it was sent: who decides does not change while it waits.
fn sent_on(whole: &Whole) -> chrono::NaiveDate {
    days::day_of(whole.proposal.sent_at.unwrap_or(whole.proposal.opened_at))
}

fn letter(misses: &[String]) -> Check {
    let met = if misses.is_empty() { Met::Yes } else { Met::Not };
    Check { rule: "The letter has every part that is required".to_owned(), met, note: misses.join(" "), section: Section::Letter }
}

fn part(took: &[Part]) -> Check {
    let rule = "You took no part in what happened or in asking for this".to_owned();
    let parts: Vec<String> = took.iter().map(|part| part.title().replacen("was ", "were ", 1).replacen("is ", "are ", 1)).collect();
    match parts.is_empty() {
        true => Check { rule, met: Met::Yes, note: String::new(), section: Section::Check },
        false => Check { rule, met: Met::Not, note: format!("You {}.", say::list(&parts)), section: Section::Check },
    }
}
