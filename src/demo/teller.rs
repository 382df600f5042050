//! Tells the stories of a landlord's customers through the acts themselves: each step by the person who takes it, at its own time.

use std::collections::HashMap;

use anyhow::{Context, Result};
use chrono::{DateTime, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::cast::{House, Post};
use super::matters::{self, Matter};
use super::people::Life;
use super::{CAST, staff_id};
use crate::casework::desk::{Actor, Desk, SignedInUntil, Staff};
use crate::letters::Via;
use crate::rules::days;
use crate::rules::id::{LetterId, StaffId};
use crate::rules::policy::Reach;
use crate::store;
use crate::store::customer::Head;

/// A desk at which everybody sits in turn, and time goes by.
pub struct Teller {
    /// The desk.
    pub desk: Desk,
    /// Which of the five landlords.
    pub house: &'static str,
    staff: HashMap<&'static str, Staff>,
    /// When the demonstration is loaded: nothing happens after it.
    until: DateTime<Utc>,
    /// When the last thing happened in this story.
    last: DateTime<Utc>,
}

/// Whose story it is, and what it is about.
#[derive(Clone, Debug)]
pub struct Lead {
    /// The customer.
    pub who: Head,
    /// What they get in touch about.
    pub matter: &'static Matter,
}

impl Teller {
    /// A teller for a landlord, at a desk of its own.
    pub fn new(desk: Desk, house: &'static House, posts: &'static [Post]) -> Result<Self> {
        let until = desk.now;
        let staff = posts.iter().map(|post| Ok((post.account, seated(house, posts, post, until)?))).collect::<Result<_>>()?;
        Ok(Self { desk, house: house.slug, staff, until, last: DateTime::UNIX_EPOCH })
    }

    /// Begins a story.
    pub async fn lead(&mut self, life: &Life, place: usize) -> Result<Lead> {
        let nth = CAST.iter().position(|(house, _)| house.slug == self.house).unwrap_or_default();
        let who = store::customer::get(&mut self.desk.tx, life.customer.id).await?.context("the customer was just added")?;
        self.last = DateTime::UNIX_EPOCH;
        Ok(Lead { who, matter: matters::of(nth, place) })
    }

    /// Somebody of the cast.
    pub fn staff(&self, account: &str) -> &Staff {
        &self.staff[account]
    }

    /// The account of somebody of the cast.
    pub fn account(&self, id: StaffId) -> &'static str {
        self.staff.iter().find(|(_, staff)| staff.id == id).map_or("manager", |(account, _)| account)
    }

    /// Today, when the demonstration is loaded.
    pub fn today(&self) -> NaiveDate {
        days::day_of(self.until)
    }

    /// The day so many months after another.
    pub fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
        day.checked_add_months(Months::new(months)).unwrap_or(day)
    }

    /// So many days ago at a time, or the working day before; always after what was told last, and never after now.
    pub fn at(&mut self, days_ago: i64, hour: u32, minute: u32) -> &mut Self {
        let mut day = self.today() - TimeDelta::days(days_ago);
        while days_ago > 0 && !self.desk.calendar().is_working_day(day) {
            day = day.pred_opt().unwrap_or(day);
        }
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        self.then(days::at(day, time))
    }

    /// So many minutes ago.
    pub fn minutes_ago(&mut self, minutes: i64) -> &mut Self {
        self.then(self.until - TimeDelta::minutes(minutes))
    }

    /// A little later, on the same day.
    pub fn later(&mut self, minutes: i64) -> &mut Self {
        self.then(self.desk.now + TimeDelta::minutes(minutes))
    }

    /// Whether a moment has been when the demonstration is loaded.
    pub fn has_been(&self, moment: DateTime<Utc>) -> bool {
        moment < self.until
    }

    fn then(&mut self, moment: DateTime<Utc>) -> &mut Self {
        let after = if moment > self.last { moment } else { self.last + TimeDelta::minutes(7) };
        self.last = after.min(self.until - TimeDelta::seconds(20));
        self.desk.now = self.last;
        self
    }

    /// Somebody sits down at the desk.
    pub fn by(&mut self, account: &str) -> &mut Desk {
        let staff = self.staff[account].clone();
        self.desk.seat(staff);
        &mut self.desk
    }

    /// The letters to a customer that wait go out on the working day after they were made, unless that day is still to come.
    pub async fn post(&mut self, lead: &Lead) -> Result<()> {
        for letter in store::letter::of_customer(&mut self.desk.tx, lead.who.id, 50).await? {
            if letter.sent_at.is_some() {
                continue;
            }
            let day = self.desk.calendar().next_working_day(days::day_of(letter.made_at));
            let moment = days::at(day, NaiveTime::from_hms_opt(15, 40, 0).unwrap_or_default());
            if !self.has_been(moment) {
                continue;
            }
            let maker = self.staff.values().find(|staff| staff.name == letter.made_by).cloned();
            self.desk.now = moment;
            self.desk.seat(maker.context("whoever made a letter works here")?);
            let on = self.desk.today();
            crate::casework::letter::sent(&mut self.desk, letter.id, Via::Post, on).await?;
            self.post_copies(letter.id).await?;
            self.last = self.last.max(moment);
        }
        Ok(())
    }

    /// What others are told of a letter goes with it.
    async fn post_copies(&mut self, letter: LetterId) -> Result<()> {
        for line in store::letter_copy::of_letter(&mut self.desk.tx, letter).await? {
            if line.sent_on.is_none() && line.why_not.is_none() {
                let today = self.desk.today();
                crate::casework::letter_copy::sent(&mut self.desk, line.id, Via::Post, &line.to, today).await?;
            }
        }
        Ok(())
    }

    /// Sends the reminders that fell due meanwhile, each on its day, as the worker would have.
    pub async fn remind(&mut self) -> Result<()> {
        let by = self.desk.now;
        for (id, due_at) in store::reminder::due_here(&mut self.desk.tx, by).await? {
            self.desk.now = due_at + TimeDelta::minutes(1);
            self.desk.actor = Actor::System;
            crate::casework::reminder::send(&mut self.desk, id).await?;
        }
        self.desk.now = by;
        Ok(())
    }

    /// The end: everything up to now has happened.
    pub fn now(&mut self) -> &mut Desk {
        self.desk.now = self.until;
        &mut self.desk
    }
}

pub(super) fn seated(house: &House, posts: &[Post], post: &Post, now: DateTime<Utc>) -> Result<Staff> {
    let manager = post.manager.and_then(|account| posts.iter().find(|other| other.account == account));
    Ok(Staff {
        id: staff_id(house, post),
        name: post.name.to_owned(),
        job_title: post.job_title.to_owned(),
        reach: Reach::from_key(post.reach).context("a reach of the cast")?,
        roles: post.roles.iter().map(|role| (*role).to_owned()).collect(),
        manager: manager.map(|manager| staff_id(house, manager)),
        theme: None,
        shortcuts: true,
        waiting: Vec::new(),
        seen_at: now,
        signed_in_until: SignedInUntil { at: now, can_go_on: true },
    })
}
