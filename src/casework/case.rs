//! The people of a case: who took which part, who may therefore do what next, and whom to ask.

use super::desk::Desk;
use super::{Error, Result};
use crate::rules::authority::{self, History, Person, Placed, Refusal, Stages};
use crate::rules::delegation::{self, Delegation, Lent};
use crate::rules::escalation::{self, Colleague};
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, RestrictionId, StaffId};
use crate::rules::policy::{LINE_MANAGER, Part, Policy, Reach, Relative, Stage, Who};
use crate::rules::review;
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::staff::StaffLine;
use crate::store::task::{NOBODY, NewTask};
use crate::store::term::TermLine;

/// The people of one restriction's case.
#[derive(Debug)]
pub struct Case {
    /// Who took which part so far.
    pub history: History,
    /// Everybody who works for the landlord.
    pub people: Vec<StaffLine>,
    /// Everybody who took a part, with each part, by name.
    pub took: Vec<(StaffId, Part)>,
    /// The posts lent to somebody for deciding on this case; none where that is not asked.
    pub lent: Vec<Lent>,
    /// Whether the decision was sent back on appeal, and is to be made again.
    pub is_sent_back: bool,
    /// Who holds its review, by its terms; nothing where these were not read.
    pub reviewer: Option<Who>,
}

/// A task to be given to whoever may do it.
#[derive(Debug)]
pub struct Wanted {
    /// What is to be done.
    pub kind: TaskKind,
    /// The customer it concerns.
    pub customer: CustomerId,
    /// What it is about.
    pub subject: uuid::Uuid,
    /// The last day.
    pub due_on: chrono::NaiveDate,
}

/// Everybody with their place in the directory, for whom somebody is meant by it.
pub fn placed(people: &[StaffLine]) -> Vec<Placed> {
    let place =
        |line: &StaffLine| Placed { person: person(line), team: line.team.clone(), manager: line.manager_id, is_here: !line.has_left };
    people.iter().map(place).collect()
}

/// A member of staff as the rules know them.
pub fn person(line: &StaffLine) -> Person {
    Person { id: line.id, roles: line.roles.clone() }
}

impl Case {
    /// The same, with whoever holds the review of these terms (`rules::review::reviewer`).
    #[must_use]
    pub fn reviewed_by(self, policy: &Policy, terms: &[TermLine]) -> Self {
        let who = review::reviewer(policy, terms.iter().map(|line| line.term.measure()));
        Self { reviewer: Some(who.clone()), ..self }
    }

    /// Who holds its review: as its terms have it, or the policy's usual reviewer where they were not read.
    pub fn reviewer<'a>(&'a self, policy: &'a Policy) -> &'a Who {
        self.reviewer.as_ref().unwrap_or(&policy.reviews.reviewer)
    }

    /// The case as it stands now.
    pub async fn of(desk: &mut Desk, restriction: RestrictionId) -> Result<Self> {
        let parts = store::history::parts(&mut desk.tx, restriction).await?;
        let people = store::staff::list(&mut desk.tx).await?;
        Self::made_of(people, parts)
    }

    /// The case of some parts, among these people.
    pub fn made_of(people: Vec<StaffLine>, parts: Vec<store::history::PartLine>) -> Result<Self> {
        let mut history = History::default();
        let mut took = Vec::new();
        for line in parts {
            let part = Part::from_key(&line.part).ok_or(store::Error::Inconsistent { table: "history", id: line.restriction.0 })?;
            history = match part {
                Part::Affected => history.affecting(line.staff, line.manager),
                other => history.with(line.staff, other),
            };
            if let Some(post) = &line.post {
                history = history.authorised_as(post);
            }
            if !took.contains(&(line.staff, part)) {
                took.push((line.staff, part));
            }
        }
        let history = history.among(&placed(&people));
        Ok(Self { history, people, took, lent: Vec::new(), is_sent_back: false, reviewer: None })
    }

    /// The same for deciding in these stages by this policy: with the posts that are lent today.
    pub async fn lending(self, desk: &mut Desk, policy: &Policy, stages: &Stages) -> Result<Self> {
        self.lent_where(desk, policy, |person, history| delegation::could_authorise(policy, &stages.stages, person, history)).await
    }

    /// The same for one other decision: with the posts that are lent today by whoever could take it.
    pub async fn deciding(
        self,
        desk: &mut Desk,
        policy: &Policy,
        may: impl Fn(&Person, &History) -> std::result::Result<(), Refusal>,
    ) -> Result<Self> {
        self.lent_where(desk, policy, |person, history| may(person, history).is_ok()).await
    }

    async fn lent_where(self, desk: &mut Desk, policy: &Policy, could: impl Fn(&Person, &History) -> bool) -> Result<Self> {
        // Whether posts are handed over, and to whom, is about who works here today: where the version of the case is silent, the policy in
        // force says it.
        let in_force = desk.policy.clone();
        let policy = if policy.authority.delegation.is_some() { policy } else { &in_force };
        if policy.authority.delegation.is_none() {
            return Ok(self);
        }
        let today = desk.today();
        let delegations = store::delegation::in_force(&mut desk.tx, today).await?;
        Ok(self.lent_by(policy, &delegations, today, could))
    }

    /// The same from what is handed over today, read once for many cases.
    pub fn lent_by(
        mut self,
        policy: &Policy,
        delegations: &[Delegation],
        today: chrono::NaiveDate,
        could: impl Fn(&Person, &History) -> bool,
    ) -> Self {
        let could = |person: &Person| could(person, &self.history);
        self.lent = delegation::lent(policy, delegations, &self.here(), &self.history, today, could);
        self
    }

    /// The person at the desk as the rules know them in this case, with the posts lent to them.
    pub fn reader(&self, desk: &Desk) -> Result<Person> {
        let staff = desk.staff()?;
        Ok(delegation::with_lent(&Person { id: staff.id, roles: staff.roles.clone() }, &self.lent))
    }

    /// Writes down in whose place the person at the desk decided, where they may only because it was handed to them.
    pub async fn note_in_place_of(
        &self,
        desk: &mut Desk,
        customer: CustomerId,
        subject: uuid::Uuid,
        may: impl Fn(&Person) -> std::result::Result<(), Refusal>,
    ) -> Result<()> {
        let staff = desk.staff()?;
        let own = Person { id: staff.id, roles: staff.roles.clone() };
        if may(&own).is_ok() {
            return Ok(());
        }
        let lender = self.lent.iter().find(|one| may(&delegation::with_lent(&own, std::slice::from_ref(*one))).is_ok());
        let Some(whose) = lender.map(|one| self.name(one.from).to_owned()) else { return Ok(()) };
        desk.record(customer, Event::DecidedInPlaceOf { subject, whose }).await
    }

    /// A member of staff as the rules know them in this case, with the posts lent to them.
    pub fn person(&self, line: &StaffLine) -> Person {
        delegation::with_lent(&person(line), &self.lent)
    }

    /// Somebody's name, or a word for somebody not known.
    pub fn name(&self, id: StaffId) -> &str {
        self.people.iter().find(|line| line.id == id).map_or("somebody", |line| &line.name)
    }

    /// The post in which somebody acts at a stage, by its title.
    pub fn as_role(&self, policy: &Policy, stage: &Stage, reader: &Person) -> String {
        if let Some(body) = authority::body_of(policy, stage) {
            return body.title.clone();
        }
        // One's own post first; only then one that was lent.
        let own: Vec<&str> = stage.of.role_keys();
        let held = reader.roles.iter().find(|role| own.contains(&role.as_str()));
        let lent_by = |key: &str| self.lent.iter().find(|one| one.to == reader.id && one.roles.iter().any(|role| role == key));
        let is_own = |key: &String| self.people.iter().any(|line| line.id == reader.id && line.roles.contains(key));
        match (held, &stage.of) {
            (Some(key), _) => match lent_by(key).filter(|_| !is_own(key)) {
                Some(lent) => format!("{}, for {}", policy.roles.title(key), self.name(lent.from)),
                None => policy.roles.title(key).to_owned(),
            },
            (None, Who::InCase(Relative::RelevantManager)) => "relevant manager".to_owned(),
            (None, Who::InCase(_)) => "line manager".to_owned(),
            (None, of) => of.say(&policy.roles),
        }
    }

    /// The key of the post in which somebody acts at a stage, or of the body that decides there.
    pub fn as_post(&self, policy: &Policy, stage: &Stage, reader: &Person) -> String {
        if let Some(body) = authority::body_of(policy, stage) {
            return body.key.clone();
        }
        let own = stage.of.role_keys();
        let held = reader.roles.iter().find(|role| own.contains(&role.as_str()));
        let in_case = || {
            let is_meant = |one: &Relative| self.history.holds(policy, &Who::InCase(*one), reader);
            stage.of.in_case().into_iter().find(is_meant).map_or(LINE_MANAGER, Relative::key)
        };
        held.map_or_else(|| in_case().to_owned(), Clone::clone)
    }

    /// Everybody still here, as the rules know them.
    pub fn here(&self) -> Vec<Person> {
        self.people.iter().filter(|line| !line.has_left).map(|line| self.person(line)).collect()
    }

    /// Those still here who may do something.
    pub fn who_may(&self, may: impl Fn(&Person) -> std::result::Result<(), Refusal>) -> Vec<&StaffLine> {
        self.people.iter().filter(|line| !line.has_left && may(&self.person(line)).is_ok()).collect()
    }

    /// Who is told of something waiting: those who may act, and once it is late somebody more senior too; where nobody may, every head
    /// and director still here.
    pub fn to_tell(&self, may: impl Fn(&Person) -> std::result::Result<(), Refusal>, escalate: bool) -> Vec<&StaffLine> {
        let here = || self.people.iter().filter(|line| !line.has_left);
        let able = self.who_may(may);
        if able.is_empty() {
            let senior = [Reach::Head.key(), Reach::Director.key()];
            return here().filter(|line| senior.contains(&line.reach.as_str())).collect();
        }
        let mut told: Vec<StaffId> = able.iter().map(|line| line.id).collect();
        if escalate {
            told.extend(seniors(&told, &self.people));
        }
        here().filter(|line| told.contains(&line.id)).collect()
    }

    /// Who took part and how, a sentence for each person: "Helen Marsh made the proposal and wrote the assessment".
    pub fn parts_in_words(&self) -> Vec<(String, String)> {
        let mut lines: Vec<(StaffId, Vec<&str>)> = Vec::new();
        for (id, part) in &self.took {
            match lines.iter_mut().find(|(known, _)| known == id) {
                Some((_, parts)) => parts.push(part.title()),
                None => lines.push((*id, vec![part.title()])),
            }
        }
        lines.into_iter().map(|(id, parts)| (self.name(id).to_owned(), say::list(&parts))).collect()
    }

    /// Who can, for a sentence: the names of those who may, or the post asked for where there are many.
    pub fn who_can(&self, policy: &Policy, who: &Who, may: impl Fn(&Person) -> std::result::Result<(), Refusal>) -> String {
        let names: Vec<&str> = self.who_may(may).into_iter().map(|line| line.name.as_str()).collect();
        match names.len() {
            0 => format!("{} who took no part; nobody here is both", who.say(&policy.roles)),
            1..=3 => say::either(&names),
            _ => format!("{} who took no part", who.say(&policy.roles)),
        }
    }

    /// Gives a task to whoever may do it: the holders of the posts asked for, less those who took part.
    /// A line manager, who holds no post by being one, is asked by name. Where nobody may, the rule is not bent: everybody in the posts
    /// sees the task with a note that says whom it needs.
    pub async fn ask(
        &self,
        desk: &mut Desk,
        wanted: &Wanted,
        who: &Who,
        note: Option<String>,
        may: impl Fn(&Person) -> std::result::Result<(), Refusal>,
    ) -> Result<()> {
        let mut for_roles: Vec<String> = who.role_keys().into_iter().map(str::to_owned).collect();
        let able = self.who_may(&may);
        // Meant by their place in the case, and nobody may: somebody senior sees it.
        if able.is_empty() && for_roles.is_empty() {
            let senior = |key: &&str| matches!(desk.policy.roles.get(key).map(|role| role.reach), Some(Reach::Head | Reach::Director));
            for_roles = desk.policy.roles.iter().map(|(key, _)| key).filter(senior).map(str::to_owned).collect();
        }
        let holds = |line: &StaffLine| line.roles.iter().any(|role| for_roles.contains(role));
        let by_name: Vec<StaffId> = able.iter().filter(|line| !holds(line)).map(|line| line.id).collect();
        let nobody = able.is_empty().then(|| format!("{NOBODY} It needs {} who took no part.", who.say(&desk.policy.roles)));
        // Whoever took part and holds none of the posts is named too: one may be lent to them while the task waits.
        let kept_out = |refusal| matches!(refusal, Refusal::TookPart { .. } | Refusal::OwnRequest { .. });
        let took_part =
            |line: &&StaffLine| nobody.is_none() && may(&self.person(line)).err().is_some_and(|refusal| holds(line) || kept_out(refusal));
        let not_for = self.people.iter().filter(took_part).map(|line| line.id).collect();
        let task = NewTask {
            kind: wanted.kind,
            customer: wanted.customer,
            subject: wanted.subject,
            staff: None,
            for_roles,
            not_for,
            due_on: wanted.due_on,
            note: nobody.or(note),
            whom: None,
        };
        if !task.for_roles.is_empty() {
            desk.ask(task.clone()).await?;
        }
        for staff in by_name {
            desk.ask(NewTask { staff: Some(staff), for_roles: Vec::new(), not_for: Vec::new(), ..task.clone() }).await?;
        }
        Ok(())
    }
}

/// A refusal of the rules as one of the desk's: forbidden, and who can.
pub fn forbidden(refusal: &Refusal) -> Error {
    Error::Forbidden(refusal.to_string())
}

/// Those of these people, who work here still, that are more senior than everybody who was to act.
pub fn seniors(to_act: &[StaffId], people: &[StaffLine]) -> Vec<StaffId> {
    let colleague = |line: &StaffLine| Some(Colleague { id: line.id, reach: Reach::from_key(&line.reach)?, manager: line.manager_id });
    let here: Vec<Colleague> = people.iter().filter(|line| !line.has_left).filter_map(colleague).collect();
    escalation::seniors(to_act, &here)
}
