//! Proposals in the stories: assessed part by part, sent, and decided by whoever the policy asks.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::scenes::{Nth, Scene};
use super::terms;
use crate::casework::approval::{self, Decision, Links, Papers, Said};
use crate::casework::proposal::{self, Begun, Evidence, Needs, Opening, TermsPart};
use crate::demo::teller::{Lead, Teller};
use crate::rules::checklist;
use crate::rules::id::{IncidentId, RestrictionId};
use crate::rules::incident::{Help, Outcome};
use crate::rules::policy::{StageKind, YesNo};
use crate::rules::proposal::{AccountHow, LESS, LINKED, SUPPORT, Section, checklists, further, own_key, why_key};
use crate::rules::restriction::Stage;

/// Who is asked first where several may decide. The second director takes no part, and is left to hear appeals.
const DECIDERS: [&str; 3] = ["manager2", "director", "head"];

/// A proposal of a story, with how many days ago it was begun.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The story.
    pub story: &'static str,
    /// The last incident, so many days ago; the decision follows about ten days later.
    pub days_ago: i64,
    /// The review day.
    pub review_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
}

impl Teller {
    /// Three incidents, two warnings and a manager who wants more: what leads to a proposal.
    pub async fn lead_up(&mut self, lead: &Lead, asked: Asked, leave_out_last: bool) -> Result<Vec<IncidentId>> {
        let (ago, within) = (asked.days_ago, asked.story == "sent-back");
        let third = if asked.story == "pairs" { Scene::Threat } else { Scene::Insults };
        let name = lead.who.formal_name();
        self.at(ago + 52, 10, 12);
        let first = self.incident(lead, "adviser", Scene::Shouting, Help::Fine).await?;
        self.at(ago + 51, 11, 20).by("manager");
        self.decide(
            "manager",
            first,
            Outcome::Warning,
            &format!("{name} was asked to stop and did not. {} I will say so, and ask for calls without shouting.", lead.matter.wrong),
        )
        .await?;
        self.at(ago + 50, 14, 5);
        self.warn(lead, "manager", first, Nth::First, false).await?;
        self.at(ago + 26, 15, 31);
        let second = self.incident(lead, "adviser", Scene::ManyContacts, Help::Fine).await?;
        self.at(ago + 24, 9, 48);
        if leave_out_last {
            self.decide(
                "manager",
                second,
                Outcome::NoAction,
                "The contacts were answered. I have asked the officer to ring once a day instead.",
            )
            .await?;
        } else {
            self.decide(
                "manager",
                second,
                Outcome::Warning,
                &format!("The warning of last month did not change the calls about {}.", lead.matter.about),
            )
            .await?;
            self.at(ago + 23, 10, 30);
            self.warn(lead, "manager", second, Nth::Last, within).await?;
            self.post(lead).await?;
        }
        self.at(ago, 15, 52);
        let by = if third == Scene::Threat { "officer" } else { "adviser" };
        let last = self.incident(lead, by, third, Help::Today).await?;
        self.at(ago - 1, 11, 10);
        let reasons = format!(
            "It happened again after we had warned {name}. I will ask {name} for the other side, look at what helps, and propose what should follow."
        );
        self.decide("manager", last, Outcome::More, &reasons).await?;
        Ok(vec![first, second, last])
    }

    /// Begins a proposal from the last incident. Where the ladder asks for more warnings, the last reason the policy allows is given.
    pub async fn open(&mut self, lead: &Lead, incident: IncidentId) -> Result<RestrictionId> {
        let desk = self.by("manager");
        let outlook = proposal::outlook(desk, lead.who.id, Some(incident)).await?;
        let skip = outlook.skip.and_then(|skip| skip.reasons.last().cloned()).map(|(key, _)| {
            (key, "The adviser was in tears after the call and could not take others that day; another letter first would leave her open to the same again.".to_owned())
        });
        let opening = Opening { id: desk.new_id(), customer: lead.who.id, incident: Some(incident), skip: skip.filter(|_| !outlook.may) };
        match proposal::open(desk, &opening).await? {
            Begun::Now(id) => Ok(id),
            Begun::Before(_) => bail!("a proposal for {} was open already", lead.who.reference),
        }
    }

    /// What it rests on.
    pub async fn evidence(&mut self, lead: &Lead, id: RestrictionId, incidents: Vec<IncidentId>) -> Result<()> {
        let version = self.version_of(id).await?;
        let policy = self.desk.policy.clone();
        let opposite = |answer: YesNo| if answer == YesNo::Yes { YesNo::No } else { YesNo::Yes };
        let about = lead.matter.about;
        let evidence = Evidence {
            incidents,
            thresholds: policy.behaviour.thresholds.iter().map(|one| (one.key.clone(), opposite(one.clears))).collect(),
            level_of_contact: format!("41 calls and 26 emails in three weeks about {about}, up to eleven a day. The calls took about four hours a week of three people’s time."),
            language: "“You are all useless”, “waste of space”, “thick”. Shouting for minutes at a time.".to_owned(),
            alternatives: "A meeting was offered and not taken up. One officer was named for calls, and did not ring back in one week. A fixed call each day was offered.".to_owned(),
            grounds: format!("Between those days you contacted us up to eleven times a day about {about}, which we had answered. {} The way our staff were spoken to is why we are limiting contact.", lead.matter.sorry),
            answers: further(&policy, Section::Evidence).into_iter().map(|one| (own_key(one), "Yes. Only incidents of the last three months are used, each read again by the manager.".to_owned())).collect(),
        };
        Ok(proposal::save_evidence(self.by("manager"), id, version, evidence).await?)
    }

    /// The customer's own account.
    pub async fn their_side(&mut self, lead: &Lead, id: RestrictionId) -> Result<()> {
        let version = self.version_of(id).await?;
        let heard = format!(
            "You told us that {}. You told us that you are sorry for the words used on the last call. We confirmed our part: {}",
            lead.matter.side,
            lower(lead.matter.wrong)
        );
        let (how, account) = match (lead.who.phone_ends.as_deref().unwrap_or_default().bytes().last().unwrap_or_default()) % 4 {
            0 => (
                AccountHow::NoAnswer,
                "We rang you twice, and wrote with a day and a time to ring us. We have had no answer yet.".to_owned(),
            ),
            _ => (AccountHow::Heard, heard),
        };
        Ok(proposal::save_account(self.by("manager"), id, version, Some(how), account).await?)
    }

    /// Needs, circumstances and equality.
    pub async fn needs(&mut self, lead: &Lead, id: RestrictionId) -> Result<()> {
        let version = self.version_of(id).await?;
        let policy = self.desk.policy.clone();
        let name = lead.who.formal_name();
        let mut answers: BTreeMap<String, String> = [
            (LINKED, "no".to_owned()),
            (
                LESS,
                "A fixed call each day and a meeting were tried. A further warning alone would not change how often staff are shouted at."
                    .to_owned(),
            ),
            (
                SUPPORT,
                "Support was offered through the tenancy support team. A relative or adviser may speak for the customer at any time."
                    .to_owned(),
            ),
        ]
        .into_iter()
        .map(|(key, answer)| (key.to_owned(), answer))
        .collect();
        answers.extend(further(&policy, Section::Needs).into_iter().map(|one| (own_key(one), further_answer(&one.key).to_owned())));
        answers.extend(checklist::lines(&checklists(&policy)).into_iter().map(|(key, ..)| (key, "yes".to_owned())));
        let needs = Needs {
            needs: format!("What helps {name} is on the record and was used on each call. Nothing more was known until we asked."),
            circumstances: format!("{} That made a hard time harder.", lead.matter.wrong),
            staff_needs: "Two advisers asked not to take these calls alone. Both have seen their manager.".to_owned(),
            proportionality: format!("Repairs, emergencies and payments are not limited. {name} keeps a person who knows the case, and every question still gets an answer."),
            equality: "Each term was held against what is on record. Nothing asked for is harder on this customer than on others, and letters go out in the format asked for.".to_owned(),
            answers,
        };
        Ok(proposal::save_needs(self.by("manager"), id, version, needs).await?)
    }

    /// What is asked for, and for how long.
    pub async fn terms(&mut self, id: RestrictionId, asked: Asked) -> Result<()> {
        let version = self.version_of(id).await?;
        let policy = self.desk.policy.clone();
        let terms = terms::of(self, asked.story);
        let own = policy.measures.offered.iter().filter(|offer| offer.own_reason);
        let part = TermsPart {
            own_reasons: own
                .map(|offer| {
                    (why_key(offer.key()), "It is asked for by itself because the calls themselves are where the harm was done.".to_owned())
                })
                .collect(),
            clash_because: "The officer rings the day before each agreed time, so that nothing rests on memory or on one way of writing."
                .to_owned(),
            review_on: Some(asked.review_on),
            ends_on: Some(asked.ends_on),
            permanent: false,
            terms,
        };
        Ok(proposal::save_terms(self.by("manager"), id, version, part).await?)
    }

    /// A whole proposal, from its beginning until it is sent.
    pub async fn propose(&mut self, lead: &Lead, asked: Asked, incidents: Vec<IncidentId>) -> Result<RestrictionId> {
        let ago = asked.days_ago;
        self.at(ago - 2, 9, 40);
        let last = *incidents.last().unwrap_or(&IncidentId(uuid::Uuid::nil()));
        let id = self.open(lead, last).await?;
        self.later(35);
        self.evidence(lead, id, incidents).await?;
        self.at(ago - 4, 14, 10);
        self.their_side(lead, id).await?;
        self.at(ago - 5, 10, 15);
        self.needs(lead, id).await?;
        self.later(25);
        self.terms(id, asked).await?;
        self.later(20);
        self.send(id).await?;
        Ok(id)
    }

    /// Sends it for approval.
    pub async fn send(&mut self, id: RestrictionId) -> Result<()> {
        let version = self.version_of(id).await?;
        Ok(proposal::send(self.by("manager"), id, version, None, &format!("/approvals/{id}")).await?)
    }

    /// Whoever may decide now says yes, or gives a view; false when it is in force, or nobody may.
    pub async fn pass_on(&mut self, id: RestrictionId, lead: &Lead) -> Result<bool> {
        self.say(id, Decision::Approve(None), &format!("Repairs and urgent matters stay open on every channel, and {} keeps a person who knows the case. Less was tried and did not help.", lead.who.formal_name())).await
    }

    /// The same with any decision; a view where only a view is asked for.
    pub async fn say(&mut self, id: RestrictionId, decision: Decision, reasons: &str) -> Result<bool> {
        let papers = Papers::of(&mut self.desk, id).await?;
        if papers.whole.proposal.stage != Stage::AwaitingApproval {
            return Ok(false);
        }
        for account in DECIDERS {
            self.by(account);
            let reader = papers.reader(&self.desk)?;
            let Ok(stage) = papers.turn(&reader) else { continue };
            let is_view = papers.stages.stages[stage].kind == StageKind::Consult;
            let (decision, reasons) = match is_view {
                true if account == "head" => (
                    Decision::View,
                    "I have read the incidents and the assessment. The terms are the least that could work, and repairs stay open.",
                ),
                true => (
                    Decision::View,
                    "I asked what would happen without it, and spoke with the two advisers. One fixed way to reach us is fair; a longer time would not be.",
                ),
                false => (decision, reasons),
            };
            let said = Said {
                decision,
                reasons: reasons.to_owned(),
                stage,
                version: papers.whole.proposal.version,
                meeting: None,
                asked_for: Vec::new(),
                checked: Vec::new(),
            };
            let links =
                Links { decide: format!("/approvals/{id}"), read: format!("/restrictions/{id}"), write: format!("/proposals/{id}") };
            approval::decide(&mut self.desk, id, &said, &links).await?;
            return Ok(true);
        }
        bail!("nobody may decide on {id}")
    }

    /// Whether one decision more puts it in force.
    pub async fn is_last_stage(&mut self, id: RestrictionId) -> Result<bool> {
        let papers = Papers::of(&mut self.desk, id).await?;
        Ok(papers.stages.stages.len() <= papers.approvals().len() + 1)
    }

    async fn version_of(&mut self, id: RestrictionId) -> Result<i32> {
        Ok(proposal::read(&mut self.desk, id).await?.proposal.version)
    }
}

fn further_answer(key: &str) -> &'static str {
    match key {
        "multi-agency" => "No other organisation is involved. The customer was asked, and a referral is open to them.",
        "equal-access" => "Every service stays open. Repairs and payments go on as before, and a named person answers everything else.",
        "adjustments-tried" => "What is on record was done on each call. It helped with understanding, and the shouting went on.",
        "instances" => "Three times in three months.",
        _ => "Thought about, with the customer’s own words in front of us.",
    }
}

/// The same as the middle of a sentence.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
