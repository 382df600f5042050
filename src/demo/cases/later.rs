//! What comes after a restriction is in force in the stories: letters, contacts, reviews, appeals, its end.

use anyhow::{Context, Result};

use super::proposals::Asked;
use super::terms;
use crate::casework::appeal::{self, Decision, Received, Verdict, Via};
use crate::casework::case::person;
use crate::casework::contact::Manner;
use crate::casework::review::{self, Held, Outcome};
use crate::casework::task::{self, Came};
use crate::casework::{found, reconsideration};
use crate::demo::teller::{Lead, Teller};
use crate::letters::Account;
use crate::rules::id::{AppealId, IncidentId, RestrictionId};
use crate::rules::measure::Channel;
use crate::rules::task::TaskKind;
use crate::store;

impl Teller {
    /// A restriction in force, from the first incident; told in the customer's format, and lived with since.
    pub async fn in_force(&mut self, lead: &Lead, asked: Asked, leave_out_last: bool) -> Result<RestrictionId> {
        let incidents = self.lead_up(lead, asked, leave_out_last).await?;
        for incident in &incidents {
            self.look_after(*incident, asked.days_ago - 1).await?;
        }
        let id = self.propose(lead, asked, incidents).await?;
        let mut ago = asked.days_ago - 6;
        loop {
            self.at(ago, 9, 30);
            if !self.pass_on(id, lead).await? {
                break;
            }
            ago -= 1;
        }
        self.post(lead).await?;
        Ok(id)
    }

    /// Whoever asked for support was seen, and whoever outside had to be told was told.
    pub async fn look_after(&mut self, incident: IncidentId, days_ago: i64) -> Result<()> {
        for (id, kind, staff) in store::task::open_about(&mut self.desk.tx, incident.0).await? {
            let note = match TaskKind::of(&kind) {
                Some(TaskKind::Support) => "We talked for half an hour. A day away from calls, and counselling offered.",
                Some(TaskKind::Police) => "Told by phone. Crime reference 47/10382.",
                Some(TaskKind::CommunitySafety) => "Passed on with the incident. They will ring before the next visit.",
                Some(TaskKind::HandOff) => "Handed over, with the reference 2027/118.",
                _ => continue,
            };
            let account = staff.map_or("manager", |staff| self.account(staff));
            self.at(days_ago, 12, 15);
            task::finish(self.by(account), id, &Came::Done(note.to_owned())).await?;
        }
        Ok(())
    }

    /// Calm contacts in the agreed way, so many days ago.
    pub async fn since(&mut self, lead: &Lead, days_ago: &[i64]) -> Result<()> {
        for (nth, ago) in days_ago.iter().enumerate() {
            self.at(*ago, 14, 10 + u32::try_from(nth % 5).unwrap_or_default() * 7);
            match nth % 3 {
                0 => {
                    self.contact(lead, "officer", Channel::Phone, Manner::Calm, &format!("A call of 22 minutes. {}", lead.matter.calm))
                        .await?
                }
                1 => {
                    self.contact(
                        lead,
                        "officer",
                        Channel::Email,
                        Manner::Calm,
                        &format!("Email of the week answered, about {}.", lead.matter.about),
                    )
                    .await?
                }
                _ => {
                    self.contact(lead, "adviser", Channel::Phone, Manner::Calm, "Repair reported: the bathroom fan. Booked for next week.")
                        .await?
                }
            }
        }
        Ok(())
    }

    /// The open review is held by whoever may hold it, first the one named.
    pub async fn hold(&mut self, lead: &Lead, id: RestrictionId, first: &str, outcome: Outcome, reasons: &str) -> Result<()> {
        self.remind().await?;
        let restriction = found(store::restriction::find(&mut self.desk.tx, id).await?)?;
        let due = restriction.next_review.context("in force, there is always a review")?;
        let policy = self.desk.policy_of(restriction.policy).await?;
        let case = review::case_of(&mut self.desk, &policy, id).await?;
        let may = |line: &&store::staff::StaffLine| review::may_hold(&policy, &case, &person(line)).is_ok();
        let able: Vec<_> = case.people.iter().filter(may).map(|line| self.account(line.id)).collect();
        let account = able.iter().find(|account| **account == first).or(able.first()).context("somebody may hold the review")?;
        let review = found(store::review::find(&mut self.desk.tx, due).await?)?;
        let held = Held {
            version: review.version,
            restriction_version: restriction.version,
            view: Account::Heard(format!(
                "The fixed times help, because somebody always rings. {} would like to email more often.",
                lead.who.formal_name()
            )),
            reasons: reasons.to_owned(),
            outcome,
            checked: Vec::new(),
            meeting: None,
        };
        review::hold(self.by(account), due, &held).await?;
        self.post(lead).await
    }

    /// An appeal comes by letter and is taken down.
    pub async fn appeal(&mut self, lead: &Lead, id: RestrictionId) -> Result<AppealId> {
        let desk = self.by("adviser");
        let received = Received {
            id: desk.new_id(),
            restriction: id,
            of_length: false,
            on: desk.today(),
            via: Via::Channel(Channel::Letter),
            listed: Vec::new(),
            grounds: format!(
                "I only rang so often about {} because nobody rang me back. One email a week is not enough when something breaks.",
                lead.matter.about
            ),
            new_information: Some("A list of the dates on which a promised call did not come.".to_owned()),
            late_because: None,
        };
        appeal::receive(desk, &received).await?;
        self.post(lead).await?;
        Ok(received.id)
    }

    /// The customer writes and asks us to look again, on the first of the policy's grounds; the answer is still to come.
    pub async fn ask_again(&mut self, lead: &Lead, id: RestrictionId) -> Result<()> {
        let restriction = found(store::restriction::find(&mut self.desk.tx, id).await?)?;
        let policy = self.desk.policy_of(restriction.policy).await?;
        let Some(again) = &policy.challenge.reconsideration else { return Ok(()) };
        let desk = self.by("adviser");
        let received = reconsideration::Received {
            id: desk.new_id(),
            restriction: id,
            on: desk.today(),
            via: Via::Channel(Channel::Letter),
            listed: again.grounds.iter().take(1).cloned().collect(),
            words: "I have kept to letters for months. My sister helps me with them now, and I would like to ring you again when a repair cannot wait.".to_owned(),
        };
        reconsideration::receive(desk, &received).await?;
        self.post(lead).await
    }

    /// The second director, who took no part, decides it.
    pub async fn answer(&mut self, lead: &Lead, id: AppealId, decision: Decision, reasons: &str) -> Result<()> {
        let desk = self.by("director2");
        let appeal = found(store::appeal::find(&mut desk.tx, id).await?)?;
        let restriction = found(store::restriction::find(&mut desk.tx, appeal.restriction).await?)?;
        let verdict = Verdict {
            version: appeal.version,
            restriction_version: restriction.version,
            decision,
            reasons: reasons.to_owned(),
            checked: Vec::new(),
            meeting: None,
        };
        appeal::decide(desk, id, &verdict).await?;
        self.post(lead).await
    }

    /// In force for a while, then let go at its review.
    pub async fn lifted(&mut self, lead: &Lead, asked: Asked) -> Result<()> {
        let id = self.in_force(lead, asked, false).await?;
        let held = (self.today() - asked.review_on).num_days();
        self.since(lead, &[held + 70, held + 52, held + 33, held + 12]).await?;
        self.at(held, 10, 45);
        let reasons =
            format!("Every contact since then was calm, and {} is put right. There is no reason left to limit contact.", lead.matter.about);
        self.hold(lead, id, "manager", Outcome::Lift, &reasons).await?;
        self.since(lead, &[held - 9, held - 30]).await
    }

    /// In force, looked at once by the head of service where only a person above may then hear the appeal; an appeal waits.
    pub async fn appealing(&mut self, lead: &Lead, asked: Asked, head_reviews: bool) -> Result<()> {
        let id = self.in_force(lead, asked, self.house == "housing-solutions").await?;
        if head_reviews {
            self.at(20, 11, 5);
            let review_on = Self::months_after(self.desk.today(), 3).min(asked.ends_on);
            let reasons = "Shouting has become rare and has not stopped: once in January, once last month. It goes on as it is until the next review.";
            self.hold(lead, id, "head", Outcome::Continue { ends_on: Some(asked.ends_on), review_on }, reasons).await?;
        }
        self.at(7, 10, 20);
        self.appeal(lead, id).await?;
        Ok(())
    }

    /// In force, appealed against, and changed or quashed.
    pub async fn appealed(&mut self, lead: &Lead, asked: Asked, quash: bool) -> Result<()> {
        let id = self.in_force(lead, asked, false).await?;
        let began = asked.days_ago - 9;
        self.since(lead, &[began - 5]).await?;
        self.at(began - 12, 10, 20);
        let appeal = self.appeal(lead, id).await?;
        self.at(began - 28, 15, 5);
        match quash {
            true => {
                let reasons = format!(
                    "{} The calls you made followed from that, and you were not told in time what would happen next. The decision should not have been taken as it was.",
                    lead.matter.sorry
                );
                self.answer(lead, appeal, Decision::Quash, &reasons).await?;
            }
            false => {
                let terms = terms::of(self, "varied");
                let decision = Decision::Vary { terms, ends_on: Some(asked.ends_on), review_on: None };
                let reasons = format!(
                    "{} Closing the phone went further than was needed: you may ring at any time again. Emails stay as they are.",
                    lead.matter.sorry
                );
                self.answer(lead, appeal, decision, &reasons).await?;
            }
        }
        self.since(lead, &[began - 35, began - 41]).await
    }
}
