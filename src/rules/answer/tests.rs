//! The desk of the tests: Mr Ashworth rings at 11:42am on Wednesday 10 March 2027, and what is on his record varies.

mod measures;
mod minute;
mod promises;
mod speaking;
mod standing;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::*;
use crate::rules::days::{Calendar, Nation};
use crate::rules::id::StaffId;
use crate::rules::measure::{Channel, Day, Period, Purpose, Term, Way};
use crate::rules::need::{NeedKind, NeedLine};

/// What nearly every landlord names; "online" and "chat" are shown to nobody who has not named them.
const SEVEN: [Channel; 7] =
    [Channel::Phone, Channel::Email, Channel::Text, Channel::Letter, Channel::Person, Channel::Visit, Channel::Social];

/// Everything a situation borrows.
struct Desk {
    restrictions: Vec<RestrictionLine>,
    needs: Vec<NeedLine>,
    representatives: Vec<RepresentativeLine>,
    warnings: Vec<WarningLine>,
    dangers: Vec<DangerLine>,
    open_matters: Vec<OpenMatter>,
    policy: Rulebook<'static>,
    counters: Counters,
    reader: &'static str,
    reader_id: Option<StaffId>,
    pronoun: Pronoun,
    speaker: Speaker,
    service: &'static str,
}

impl Desk {
    fn clear() -> Self {
        Self {
            restrictions: Vec::new(),
            needs: Vec::new(),
            representatives: Vec::new(),
            warnings: Vec::new(),
            dangers: Vec::new(),
            open_matters: Vec::new(),
            policy: Rulebook {
                restriction: "restriction",
                limited: "Limited contact".into(),
                always_open: vec![
                    (Purpose::Emergency, "Take any repair or emergency"),
                    (Purpose::Repair, "Take any repair or emergency"),
                    (Purpose::Payment, "Take a payment or give a balance"),
                    (Purpose::Safeguarding, "Hear a safety or safeguarding concern"),
                ],
                duties: Vec::new(),
                channels: SEVEN.into(),
                calendar: Calendar::of(Nation::EnglandAndWales),
            },
            counters: Counters::default(),
            reader: "Joe Wray",
            reader_id: None,
            pronoun: Pronoun::He,
            speaker: Speaker::Customer,
            service: "",
        }
    }

    fn with(terms: Vec<Term>) -> Self {
        Self { restrictions: vec![line(terms)], ..Self::clear() }
    }

    fn at(&self, way: Way, now: &str) -> Answer {
        let mut answer = super::now(&Situation {
            customer: Caller { title: "Mr", given: "Colin", family: "Ashworth", pronoun: self.pronoun },
            restrictions: &self.restrictions,
            needs: &self.needs,
            representatives: &self.representatives,
            warnings: &self.warnings,
            dangers: &self.dangers,
            open_matters: &self.open_matters,
            way,
            speaker: self.speaker,
            service: self.service,
            now: utc(now),
            policy: &self.policy,
            counters: &self.counters,
            reader: self.reader,
            reader_id: self.reader_id,
        });
        for words in [&mut answer.eyebrow, &mut answer.heading, &mut answer.line, &mut answer.one_line] {
            *words = plain(words);
        }
        answer
    }

    fn on(&self, way: Way) -> Answer {
        self.at(way, "2027-03-10T11:42:00Z")
    }
}

fn line(terms: Vec<Term>) -> RestrictionLine {
    RestrictionLine {
        from: utc("2027-03-02T09:30:00Z"),
        until: Some(date("2027-06-02")),
        decided_by: "Helen Marsh, Head of Customer Services".into(),
        decided_on: date("2027-03-02"),
        why: "There was shouting on three calls.".into(),
        terms: terms.into_iter().map(Into::into).collect(),
        under_appeal: false,
        waits: None,
        is_told: true,
        review_due: Some(date("2027-06-02")),
    }
}

/// A no-break space reads like any other.
fn plain(words: &str) -> String {
    words.replace('\u{a0}', " ")
}

fn utc(words: &str) -> DateTime<Utc> {
    words.parse().unwrap()
}

fn date(words: &str) -> NaiveDate {
    words.parse().unwrap()
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn samina() -> Term {
    Term::SinglePointOfContact {
        name: "Samina Iqbal".into(),
        job: "Customer Resolution Lead".into(),
        phone: "01632 960 118".into(),
        email: String::new(),
        cover: "Tom Bell".into(),
        staff: None,
        cover_staff: None,
    }
}

fn afternoons(channel: Channel) -> Term {
    Term::Times { channel, days: [Day::Tuesday, Day::Thursday].into(), from: hour(14), until: hour(16) }
}

fn quota(channel: Channel, count: u16, per: Period) -> Term {
    Term::Quota { channel, count, per, exempt: [].into(), answered_on: None }
}

fn closed(channels: &[Channel]) -> Term {
    Term::Channels { closed: channels.iter().copied().collect() }
}

fn need(title: &str, what_to_do: &str) -> NeedLine {
    NeedLine { kind: NeedKind::Hearing, title: title.into(), what_to_do: what_to_do.into() }
}
