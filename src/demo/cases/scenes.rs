//! The small acts that stories are made of: a contact, an incident, a decision on it, a warning.

use anyhow::Result;

use crate::casework::contact::{self, Contact, Manner, Press};
use crate::casework::incident::{self, Decision};
use crate::casework::warning::{self, Giving, How, Writing};
use crate::demo::teller::{Lead, Teller};
use crate::rules::checklist;
use crate::rules::days;
use crate::rules::id::{CallStepId, ContactId, IncidentId, WarningId};
use crate::rules::incident::{Adjusted, Affected, Done, Harm, Help, Outcome, Report};
use crate::rules::measure::{Channel, Purpose};
use crate::rules::policy::{Danger, Policy, Step, StepForm, StepKind};
use crate::rules::say;
use crate::store;

/// What somebody did. Behaviour, never the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// Shouting until the call was ended.
    Shouting,
    /// Insults; the call ended as calls do.
    Insults,
    /// Many contacts about the same thing.
    ManyContacts,
    /// A threat at the door.
    Threat,
    /// Loud and in tears, about something real; nothing more.
    Distress,
}

/// Which warning of the ladder: the first, or the last before contact may be limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    First,
    Last,
}

impl Teller {
    /// A contact is taken down.
    pub async fn contact(&mut self, lead: &Lead, by: &str, channel: Channel, manner: Manner, summary: &str) -> Result<()> {
        let purpose = match (lead.matter.is_repair, manner) {
            _ if summary.contains("rent") => Purpose::Payment,
            (true, _) => Purpose::Repair,
            (false, Manner::Upset) => Purpose::Complaint,
            (false, Manner::Calm) => Purpose::Other,
        };
        let desk = self.by(by);
        let id: ContactId = desk.new_id();
        let contact = Contact { id, at: desk.now, channel, purpose, manner, summary: summary.to_owned() };
        contact::log(desk, &lead.who, &contact).await?;
        Ok(())
    }

    /// An incident is logged by whoever it happened to, with the warnings spoken and the ending where there was one.
    pub async fn incident(&mut self, lead: &Lead, by: &str, scene: Scene, help: Help) -> Result<IncidentId> {
        let policy = self.desk.policy.clone();
        let needed = i16::from(*policy.call_ending.warnings);
        let (warnings, ended) = match scene {
            Scene::Shouting => (needed, true),
            Scene::Insults => (needed.min(1), false),
            _ => (0, false),
        };
        let desk = self.by(by);
        let began = desk.now;
        for step in 1..=warnings {
            let id: CallStepId = desk.new_id();
            desk.now = began + chrono::TimeDelta::minutes(2 * i64::from(step));
            contact::press(desk, &lead.who, id, Press::Warned(step)).await?;
        }
        if ended {
            let id: CallStepId = desk.new_id();
            desk.now = began + chrono::TimeDelta::minutes(2 * i64::from(warnings) + 1);
            contact::press(desk, &lead.who, id, Press::Ended).await?;
        }
        let report = self.report(lead, by, scene, help, began, warnings).await?;
        self.later(9);
        let desk = self.by(by);
        incident::log(desk, &lead.who, &report, true, None).await?;
        Ok(report.id)
    }

    async fn report(
        &mut self,
        lead: &Lead,
        by: &str,
        scene: Scene,
        help: Help,
        happened_at: chrono::DateTime<chrono::Utc>,
        warnings: i16,
    ) -> Result<Report> {
        let policy = self.desk.policy.clone();
        let behaviour = behaviour(self.house, scene);
        let effects =
            policy.behaviour.category(behaviour).map(|one| one.effects_needed.iter().take(1).cloned().collect()).unwrap_or_default();
        let me = self.staff(by);
        let affected = Affected { kind: policy.people.affected[0].key.clone(), staff: Some(me.id), name: me.name.clone() };
        let has_needs = !store::customer::needs(&mut self.desk.tx, lead.who.id).await?.is_empty();
        let ended = scene == Scene::Shouting;
        Ok(Report {
            id: self.desk.new_id(),
            happened_at,
            channel: if scene == Scene::Threat { Channel::Visit } else { Channel::Phone },
            about: say::sentence(&format!("{}, {}", lead.matter.about, lead.matter.reference)),
            behaviours: vec![behaviour.to_owned()],
            effects,
            affected: vec![affected],
            what: what(lead, scene, warnings),
            harm: if scene == Scene::Threat { Harm::Threatened } else { Harm::None },
            dangers: if scene == Scene::Threat { vec![Danger::PhysicalViolenceThreatened] } else { Vec::new() },
            police_reference: None,
            warnings: u8::try_from(warnings).unwrap_or_default(),
            ended,
            fewer_because: None,
            reason_told: ended.then_some(true),
            not_told_because: None,
            done: match scene {
                Scene::Threat => vec![Done::Left, Done::ToldManager],
                _ => vec![Done::Offered],
            },
            adjusted: has_needs.then_some(Adjusted::All),
            made_it_harder: matches!(scene, Scene::Shouting | Scene::Distress)
                .then(|| "The line was bad, and there had been a long wait before it was answered.".to_owned()),
            customers_side: Some(format!("{} said that {}.", lead.who.formal_name(), lead.matter.side)),
            help,
        })
    }

    /// A manager decides what follows.
    pub async fn decide(&mut self, by: &str, incident: IncidentId, outcome: Outcome, reasons: &str) -> Result<()> {
        let desk = self.by(by);
        let version = crate::casework::found(store::incident::find(&mut desk.tx, incident).await?)?.version;
        let decision = Decision { version, outcome, reasons: reasons.to_owned(), weighed: String::new(), lessons: None, tell: Vec::new() };
        incident::decide(desk, incident, &decision).await?;
        Ok(())
    }

    /// A warning of the ladder is given: the first is said; the last is written, or stands inside another letter.
    pub async fn warn(&mut self, lead: &Lead, by: &str, after: IncidentId, nth: Nth, within: bool) -> Result<WarningId> {
        let policy = self.desk.policy.clone();
        let step = warning_step(&policy, nth).ok_or_else(|| anyhow::anyhow!("the ladder warns"))?;
        let checked = checklist::all_yes(&checklist::of_step(&policy, step));
        let how = match nth {
            Nth::First if step.forms.contains(&StepForm::Spoken) => said(lead, self.desk.now),
            _ if within && step.forms.contains(&StepForm::WithinCorrespondence) => within_letter(lead, self.desk.today()),
            _ => self.written(lead, after).await?,
        };
        let desk = self.by(by);
        let giving = Giving { id: desk.new_id(), step: step.key.clone(), how, checked, skip: None };
        let incident = store::incident::find(&mut desk.tx, after).await?;
        let case = warning::Case::of(desk, lead.who.id, incident).await?;
        warning::give(desk, &lead.who, &case, &giving).await?;
        Ok(giving.id)
    }

    async fn written(&mut self, lead: &Lead, after: IncidentId) -> Result<How> {
        let incident = crate::casework::found(store::incident::find(&mut self.desk.tx, after).await?)?;
        Ok(How::Written(Box::new(Writing {
            on: days::day_of(incident.happened_at),
            what: "you shouted at and insulted the member of staff who took your call".to_owned(),
            why: "Shouting and insults frighten people, and nobody could help you while it went on.".to_owned(),
            ask: format!(
                "Please speak to us about {} without shouting or insults. If you are angry, say so, and we will listen. You can ask for a call at a time that suits you.",
                lead.matter.about
            ),
            putting_right: lead.matter.sorry.to_owned(),
            told_us: format!("You told us that {}.", lead.matter.side),
        })))
    }
}

/// The steps that warn on the way to a restriction, first or last.
pub fn warning_step(policy: &Policy, nth: Nth) -> Option<&Step> {
    let mut steps = policy
        .ladder
        .steps
        .iter()
        .filter(|step| matches!(step.kind, StepKind::Informal | StepKind::Warning))
        .filter(|step| step.letter.is_some());
    match nth {
        Nth::First => steps.next(),
        Nth::Last => steps.next_back(),
    }
}

fn said(lead: &Lead, at: chrono::DateTime<chrono::Utc>) -> How {
    let words = format!(
        "I rang {} about the call. I said that shouting at staff is not acceptable, asked for it to stop, and offered a talk about {}. {} was calm and said that {}.",
        lead.who.formal_name(),
        lead.matter.about,
        lead.who.formal_name(),
        lead.matter.side,
    );
    How::Spoken { at, words }
}

fn within_letter(lead: &Lead, on: chrono::NaiveDate) -> How {
    How::Within {
        on,
        reference: format!("Our letter about {}", lead.matter.reference),
        passage: format!(
            "We want to put {} right. On your last call the way you spoke to our staff was not acceptable. Please do not shout at or insult the people who take your calls. If it happens again we will think about limiting how you can contact us.",
            lead.matter.about
        ),
    }
}

/// What was seen or heard, by each landlord's own list.
fn behaviour(house: &str, scene: Scene) -> &'static str {
    match (house, scene) {
        ("one-manchester", Scene::Shouting | Scene::Distress) => "abuse",
        ("one-manchester", Scene::Insults) => "insults",
        ("one-manchester", Scene::ManyContacts) => "contact",
        ("alliance-homes", Scene::Shouting | Scene::Insults | Scene::Distress) => "offence",
        ("alliance-homes", Scene::ManyContacts) => "overload",
        ("alliance-homes", Scene::Threat) => "abuse",
        ("housing-solutions", Scene::Shouting | Scene::Insults | Scene::Distress) => "verbal",
        ("housing-solutions", Scene::Threat) => "intimidation",
        ("notting-hill-genesis", Scene::Shouting | Scene::Insults | Scene::Distress) => "verbal",
        ("housing-solutions" | "notting-hill-genesis", Scene::ManyContacts) => "persistence",
        (_, Scene::Shouting | Scene::Insults | Scene::Distress) => "abuse",
        (_, Scene::ManyContacts) => "demands",
        (_, Scene::Threat) => "threats",
    }
}

/// In the order it happened, exact words in speech marks, no opinions.
fn what(lead: &Lead, scene: Scene, warnings: i16) -> String {
    let (name, about) = (lead.who.formal_name(), lead.matter.about);
    match scene {
        Scene::Shouting => {
            let asked = match warnings {
                0 => "I said that I would end the call because of the shouting, and why.".to_owned(),
                1 => "I gave the warning. The shouting went on, so I said why and ended the call.".to_owned(),
                _ => "I gave the first warning and then the second. The shouting went on, so I said why and ended the call.".to_owned(),
            };
            format!(
                "{name} rang about {about}. I said that the officer would ring back the next day. {name} shouted “you are all useless, put me through now” and repeated it four times. {asked} I had offered a call at a set time."
            )
        }
        Scene::Insults => format!(
            "{name} rang about {about} for the third time that day. When I could not give a date, {name} called me “a waste of space” and “thick”, twice each. I asked for it to stop. It did, and the call ended as calls do. I offered a call back from the officer."
        ),
        Scene::ManyContacts => format!(
            "Eleventh call of the day about {about}. Each was answered, and the answer has not changed since Monday. Fourteen emails came between 1pm and 4pm, each to six addresses. {name} asked for the same date each time. I offered one call a day at a fixed time."
        ),
        Scene::Threat => format!(
            "I called about {about}. At the door {name} raised a fist, stepped towards me and said “come back here and you’ll leave in an ambulance”. I stepped back, said that I was leaving, and left. I rang my manager from the car."
        ),
        Scene::Distress => format!(
            "{name} rang about {about}, spoke very loudly and cried. {name} said “I can’t live like this any more, why does nobody listen”. I listened, and after ten minutes {name} was quieter and said sorry. {}",
            lead.matter.wrong
        ),
    }
}
