//! What happened to the customers of the demonstration: every state a case can be in, told through the acts.

mod later;
mod proposals;
mod scenes;
mod terms;

use anyhow::{Context, Result};
use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};
use uuid::Uuid;

use super::dice::Dice;
use super::people::Life;
use super::teller::{Lead, Teller};
use crate::casework::approval::Decision;
use crate::casework::contact::Manner;
use crate::rules::incident::{Help, Outcome};
use crate::rules::measure::Channel;
use crate::store;
use proposals::Asked;
use scenes::{Nth, Scene};

/// Tells every story, then who has looked at whose record.
pub async fn tell(teller: &mut Teller, lives: &[Life]) -> Result<()> {
    for (place, life) in lives.iter().enumerate() {
        let lead = teller.lead(life, place).await?;
        before(teller, &lead, life.story, place).await.with_context(|| format!("contacts of «{}»", life.story))?;
        story(teller, &lead, life.story).await.with_context(|| format!("the story «{}» at {}", life.story, teller.house))?;
    }
    teller.now();
    teller.remind().await?;
    looks(teller, lives).await
}

/// Ordinary contacts of the past months, for about half of the customers; calm ones, and now and then an upset one.
async fn before(teller: &mut Teller, lead: &Lead, story: &str, place: usize) -> Result<()> {
    let how_many = match (story, place % 5) {
        ("", 0 | 2) => 3,
        ("", _) => 0,
        ("calm" | "upset", _) => 5,
        _ => 2,
    };
    // Long before the first incident of a story, and up to yesterday for those who have none.
    let from = if story.is_empty() || matches!(story, "calm" | "upset") { 96 } else { 340 };
    let mut dice = Dice::named(&format!("contacts {}", lead.who.id));
    for nth in 0..how_many {
        let ago = from - nth * 18 - i64::try_from(dice.below(9)).unwrap_or_default();
        teller.at(ago, 9 + u32::try_from(dice.below(8)).unwrap_or_default(), u32::try_from(dice.below(60)).unwrap_or_default());
        let by = if dice.chance(70) { "adviser" } else { "officer" };
        let channel = *dice.pick(&[Channel::Phone, Channel::Phone, Channel::Email, Channel::Person, Channel::Letter]);
        match nth == 1 && story == "upset" {
            true => {
                let summary =
                    format!("Upset about {}. Listened, said what happens next, and rang back on Friday as promised.", lead.matter.about);
                teller.contact(lead, by, channel, Manner::Upset, &summary).await?;
            }
            false => {
                let summary = *dice.pick(&[
                    lead.matter.calm,
                    "Paid the rent by card.",
                    "Repair reported: the kitchen tap drips. Booked.",
                    "Asked when the grass is cut. Told.",
                ]);
                teller.contact(lead, by, channel, Manner::Calm, summary).await?;
            }
        }
    }
    Ok(())
}

async fn story(teller: &mut Teller, lead: &Lead, story: &'static str) -> Result<()> {
    // Where a head of service may hear appeals too, she has held a review of this one, so that it is for the second director.
    let head_reviews = matches!(teller.house, "west-kent" | "notting-hill-genesis");
    let asked = asked(teller.today(), if head_reviews && story == "appealing" { "reviewed" } else { story });
    match story {
        "limited" => {
            teller.in_force(lead, asked, false).await?;
            teller.since(lead, &[21, 19, 15, 12, 8, 5, 1]).await
        }
        "letters-only" | "pairs" | "review-soon" | "review-late" | "ran-out" => {
            let began = asked.days_ago - 9;
            let id = teller.in_force(lead, asked, false).await?;
            teller.since(lead, &[began - 6, began - 17, began - 30]).await?;
            if story == "letters-only" {
                teller.at(4, 10, 5);
                teller.ask_again(lead, id).await?;
            }
            Ok(())
        }
        "appealing" => teller.appealing(lead, Asked { story, ..asked }, head_reviews).await,
        "appealed" => teller.appealed(lead, asked, matches!(teller.house, "one-manchester" | "housing-solutions")).await,
        "lifted" => teller.lifted(lead, asked).await,
        "proposed" | "deciding" | "sent-back" | "declined" | "draft" => waiting(teller, lead, asked).await,
        _ => small(teller, lead, story).await,
    }
}

/// Proposals that are not in force.
async fn waiting(teller: &mut Teller, lead: &Lead, asked: Asked) -> Result<()> {
    let incidents = teller.lead_up(lead, asked, false).await?;
    for incident in &incidents {
        teller.look_after(*incident, asked.days_ago - 1).await?;
    }
    if asked.story == "draft" {
        teller.at(asked.days_ago - 2, 9, 40);
        let id = teller.open(lead, incidents[2]).await?;
        teller.later(35).evidence(lead, id, incidents).await?;
        return teller.later(20).their_side(lead, id).await;
    }
    let id = teller.propose(lead, asked, incidents).await?;
    let mut ago = asked.days_ago - 6;
    loop {
        teller.at(ago, 9, 30);
        ago -= 1;
        let goes_on = match asked.story {
            "proposed" => false,
            "deciding" => teller.is_last_stage(id).await? || !teller.pass_on(id, lead).await?,
            "sent-back" => {
                let questions = "Which calls could a relative make instead, and has the relative been asked? What happens when nobody can be found to speak for the customer?";
                teller.say(id, Decision::SendBack, questions).await?
            }
            _ => {
                let reasons = "Ending all direct contact goes further than three calls in three months can carry. A single person to speak to has not been tried for long enough.";
                teller.say(id, Decision::Decline, reasons).await?
            }
        };
        let is_over = if asked.story == "deciding" { goes_on } else { !goes_on };
        if is_over {
            return Ok(());
        }
    }
}

/// Incidents and warnings that went no further, and those that wait.
async fn small(teller: &mut Teller, lead: &Lead, story: &str) -> Result<()> {
    let name = lead.who.formal_name();
    match story {
        "waiting" => {
            teller.at(1, 11, 42);
            teller.incident(lead, "adviser", Scene::Shouting, Help::Today).await?;
        }
        "police" => {
            teller.at(2, 14, 20);
            teller.incident(lead, "officer", Scene::Threat, Help::Now).await?;
        }
        "no-action" => {
            teller.at(13, 9, 35);
            let incident = teller.incident(lead, "adviser", Scene::Distress, Help::Fine).await?;
            teller.at(12, 10, 5);
            let reasons = format!(
                "{name} was loud and in tears about something we got wrong. That is distress, and not what the policy is about. {}",
                lead.matter.wrong
            );
            teller.decide("manager", incident, Outcome::NoAction, &reasons).await?;
        }
        "spoken" => {
            teller.at(34, 10, 50);
            let incident = teller.incident(lead, "adviser", Scene::Insults, Help::Fine).await?;
            teller.at(33, 9, 15);
            teller
                .decide(
                    "manager",
                    incident,
                    Outcome::Warning,
                    &format!("{name} stopped when asked. A talk is enough, and {} needs an answer this week.", lead.matter.about),
                )
                .await?;
            teller.at(32, 14, 30);
            teller.warn(lead, "manager", incident, Nth::First, false).await?;
        }
        "written" | "letter" => {
            let (first, last) = if story == "written" { (71, 20) } else { (47, 5) };
            teller.at(first, 10, 50);
            let incident = teller.incident(lead, "adviser", Scene::Insults, Help::Fine).await?;
            teller.at(first - 2, 9, 15);
            teller
                .decide("manager", incident, Outcome::Warning, &format!("{name} should hear that this is not acceptable, and why."))
                .await?;
            teller.at(first - 3, 14, 30);
            teller.warn(lead, "manager", incident, Nth::First, false).await?;
            teller.at(last, 15, 12);
            let incident = teller.incident(lead, "adviser", Scene::Shouting, Help::Fine).await?;
            teller.at(last - 2, 9, 15);
            teller
                .decide("manager", incident, Outcome::Warning, "It happened again after we had talked. This time it is to be in writing.")
                .await?;
            teller.at(last - 3, 16, 10);
            teller.warn(lead, "manager", incident, Nth::Last, story == "written" && teller.house == "housing-solutions").await?;
            if story == "written" {
                teller.post(lead).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// When each story's proposal was made, and the days it asks for. A restriction takes effect about nine days after its last incident.
fn asked(today: NaiveDate, story: &'static str) -> Asked {
    let day = |ago: i64| today - TimeDelta::days(ago);
    let weekday = |mut day: NaiveDate| {
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day = day.succ_opt().unwrap_or(day);
        }
        day
    };
    let since = |in_force: i64| {
        let began = day(in_force);
        (in_force + 9, weekday(Teller::months_after(began, 3)), Teller::months_after(began - TimeDelta::days(10), 6))
    };
    let until = |review_on: NaiveDate| (today - review_on.checked_sub_months(Months::new(3)).unwrap_or(review_on)).num_days();
    let (days_ago, review_on, ends_on) = match story {
        "limited" => since(24),
        "letters-only" => since(61),
        "pairs" => since(45),
        "appealing" => since(30),
        "reviewed" => since(110),
        "appealed" => since(70),
        "review-soon" => since(until(weekday(day(-4)))),
        "review-late" => since(until(weekday(day(9)))),
        "lifted" => since(150),
        "ran-out" => {
            let ended = weekday(day(11));
            (until(ended) + 9, ended, ended)
        }
        "proposed" => since(-1),
        "deciding" => since(3),
        "sent-back" => since(9),
        "declined" => since(51),
        _ => since(-3),
    };
    Asked { story, days_ago, review_on, ends_on }
}

/// Who has looked at whose record.
async fn looks(teller: &mut Teller, lives: &[Life]) -> Result<()> {
    let mut looks = Vec::new();
    for life in lives.iter().filter(|life| !life.story.is_empty()) {
        let mut dice = Dice::named(&format!("looks {}", life.customer.id));
        for nth in 0..8 {
            let (account, page) = *dice.pick(&[
                ("adviser", "contact"),
                ("officer", "contact"),
                ("manager", "record"),
                ("adviser", "record"),
                ("policy", "restriction"),
                ("head", "record"),
            ]);
            let ago = i64::try_from(dice.below(40)).unwrap_or_default() + 1;
            let at = teller
                .at(ago, 9 + u32::try_from(dice.below(8)).unwrap_or_default(), u32::try_from(dice.below(60)).unwrap_or_default())
                .desk
                .now;
            let id: Uuid = super::named(&format!("look {} {nth}", life.customer.id));
            looks.push((id, at, teller.staff(account).id, life.customer.id, page));
        }
    }
    Ok(store::access::add(&mut teller.now().tx, &looks).await?)
}
