//! Invented people and what happened between them and five landlords.

use std::sync::Arc;

use chrono::NaiveDate;

use super::super::*;
use crate::rules::appeal::{LastDays, Round};
use crate::rules::early_review::Asked;
use crate::rules::measure::{Channel, Day, Period, Purpose, Term};
use crate::rules::policy::Policy;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn policy(slug: &str) -> Arc<Policy> {
    let text = match slug {
        "one-manchester" => include_str!("../../../policies/one-manchester.toml"),
        "alliance-homes" => include_str!("../../../policies/alliance-homes.toml"),
        "housing-solutions" => include_str!("../../../policies/housing-solutions.toml"),
        "notting-hill-genesis" => include_str!("../../../policies/notting-hill-genesis.toml"),
        "harbourlight" => include_str!("../../../tests/packs/harbourlight.toml"),
        "toldervale" => include_str!("../../../tests/packs/toldervale.toml"),
        _ => include_str!("../../../policies/west-kent.toml"),
    };
    Arc::new(Policy::read(text).unwrap())
}

pub const LANDLORDS: [&str; 5] = ["one-manchester", "alliance-homes", "housing-solutions", "notting-hill-genesis", "west-kent"];

/// Helen Marsh of an invented office writes to Mr Colin Ashworth, who reads large print.
pub fn shared(slug: &str, on: &str) -> Shared {
    Shared {
        policy: policy(slug),
        landlord: Sender {
            name: "Northmere Homes".into(),
            address: vec!["Harbour House, 1 Quay Street".into(), "Northmere NM1 1AA".into()],
            phone: "01632 960 100".into(),
            email: "hello@northmere.example".into(),
        },
        customer: Addressee {
            full_name: "Mr Colin Ashworth".into(),
            formal_name: "Mr Ashworth".into(),
            address: vec!["14 Fernbank Close".into(), "Northmere NM4 6QT".into()],
            reference: "401-182-7003".into(),
        },
        on: day(on),
        format: Format::LargePrint,
        adjustments: vec!["send every letter in 18 point".into()],
        signed_by: Signer { name: "Helen Marsh".into(), job_title: "Head of Customer Services".into() },
        holders: std::collections::BTreeMap::new(),
        goes_on: Vec::new(),
        met: None,
        hears: None,
    }
}

pub fn samina() -> Term {
    Term::SinglePointOfContact {
        name: "Samina Iqbal".into(),
        job: "Housing Officer".into(),
        phone: "01632 960 118".into(),
        email: String::new(),
        cover: "Dewi Pugh".into(),
        staff: None,
        cover_staff: None,
    }
}

pub fn one_email_a_week() -> Term {
    Term::Quota { channel: Channel::Email, count: 1, per: Period::Week, exempt: [Purpose::Repair].into(), answered_on: Some(Day::Friday) }
}

pub fn decided() -> Decided {
    Decided {
        terms: vec![samina().into(), one_email_a_week().into()],
        from: day("2027-03-02"),
        until: Some(day("2027-06-02")),
        review_on: day("2027-06-01"),
        appeal_by: LastDays { whole: Some(day("2027-04-01")), length: None },
        early: None,
    }
}

pub fn happened() -> Vec<Happening> {
    vec![
        Happening { on: day("2027-02-03"), what: "you shouted at a member of staff on the phone".into() },
        Happening { on: day("2027-02-22"), what: "you called a member of staff insulting names.".into() },
    ]
}

pub fn warned() -> EarlierWarnings {
    EarlierWarnings::Given(vec![
        EarlierWarning { on: day("2027-01-28"), title: "Initial warning".into(), form: WarningForm::Spoken, informal: false },
        EarlierWarning { on: day("2027-02-08"), title: "Formal warning".into(), form: WarningForm::Written, informal: false },
    ])
}

pub const DAMP: &str =
    "The damp in your home has gone on too long and we are putting it right. A surveyor will visit on Monday 15 March 2027.";
pub const HIS_SIDE: &str = "The damp is in my daughter’s bedroom. You did not ring me back twice.";

pub fn notice(slug: &str) -> Notice {
    Notice {
        shared: shared(slug, "2027-03-03"),
        putting_right: DAMP.into(),
        happened: happened(),
        grounds: "Between those days you rang us 41 times about a complaint we had answered. Two members of staff were so upset that they had to stop work.".into(),
        reasons: "You can still reach us every week, and one person knows your case. We thought about asking you to write only, and decided against it because you find writing hard.".into(),
        warnings: warned(),
        account: Account::Heard(HIS_SIDE.into()),
        decided: decided(),
    }
}

pub fn warning(slug: &str, step: &str) -> Warning {
    Warning {
        shared: shared(slug, "2027-02-08"),
        step: step.into(),
        happened: happened()[..1].to_vec(),
        why: "Shouting frightens people, and the member of staff could not help you while it went on.".into(),
        ask: "Please speak to us without shouting. If you are angry, say so, and we will listen.".into(),
        putting_right: DAMP.into(),
        told_us: HIS_SIDE.into(),
        counts_until: None,
    }
}

pub fn variation(slug: &str) -> Variation {
    Variation {
        shared: shared(slug, "2027-04-12"),
        reasons: "Samina Iqbal and you have spoken calmly five times. You no longer need to keep to one email a week.".into(),
        account: Account::NoAnswer("We rang you on 5 April 2027 and wrote on 6 April 2027.".into()),
        decided: Decided { terms: vec![samina().into()], from: day("2027-04-12"), ..decided() },
    }
}

pub fn lifting(slug: &str) -> Lifting {
    Lifting {
        shared: shared(slug, "2027-05-04"),
        from: day("2027-03-02"),
        ended_on: day("2027-05-04"),
        reasons: "Every call since March was calm.".into(),
        terms: vec![samina().into()],
        closed: Closed::default(),
    }
}

pub fn review(slug: &str, outcome: Reviewed) -> Review {
    Review {
        shared: shared(slug, "2027-06-01"),
        held_on: day("2027-06-01"),
        since: "You rang 14 times. 12 of the calls were calm. On 20 May 2027 you shouted at Dewi Pugh.".into(),
        account: Account::Heard("It works for me, but I want to ring in the morning.".into()),
        reasons: "Shouting has become rare and has not stopped.".into(),
        outcome,
    }
}

pub fn longer() -> Decided {
    Decided {
        from: day("2027-06-02"),
        until: Some(day("2027-09-02")),
        review_on: day("2027-09-01"),
        appeal_by: LastDays::default(),
        ..decided()
    }
}

pub fn on_undertaking() -> Reviewed {
    Reviewed::OnUndertaking {
        decided: longer(),
        words: "I will speak to staff without shouting, and ring once a day at most.".into(),
        sign_by: day("2027-06-21"),
    }
}

pub fn received(slug: &str) -> AppealReceived {
    AppealReceived {
        shared: shared(slug, "2027-03-15"),
        received_on: day("2027-03-12"),
        grounds: "I only rang so often because nobody rang me back.".into(),
        decided_by: "Robert Kinsella, Director of Assets".into(),
        answer_by: day("2027-04-13"),
        late_after: None,
        round: Round::First,
        takes_in_length: false,
    }
}

pub fn outcome(slug: &str, ruling: Ruling) -> AppealOutcome {
    AppealOutcome {
        shared: shared(slug, "2027-04-09"),
        received_on: day("2027-03-12"),
        grounds: "I only rang so often because nobody rang me back.".into(),
        reasons: "You are right that we did not ring back twice, and we are sorry. The shouting was not about that.".into(),
        ruling,
        round: Round::First,
        another: None,
        whole: None,
    }
}

pub fn asked_again(slug: &str) -> ReconsiderationReceived {
    ReconsiderationReceived {
        shared: shared(slug, "2027-04-12"),
        received_on: day("2027-04-09"),
        words: "My daughter is well again, and I have not rung for four weeks.".into(),
        answer_by: day("2027-04-23"),
    }
}

pub fn asked_early(slug: &str, asked: Asked) -> EarlyReviewReceived {
    EarlyReviewReceived {
        shared: shared(slug, "2027-04-12"),
        received_on: day("2027-04-09"),
        words: "My daughter is well again, and I have not rung for four weeks.".into(),
        asked,
        look_by: day("2027-04-16"),
        review_on: day("2027-06-01"),
    }
}

pub fn looked_again(slug: &str, answer: Looked) -> ReconsiderationOutcome {
    ReconsiderationOutcome {
        shared: shared(slug, "2027-04-20"),
        received_on: day("2027-04-09"),
        words: "My daughter is well again, and I have not rung for four weeks.".into(),
        reasons: "Four calm weeks are a good beginning, and we have thanked you for them.".into(),
        answer,
    }
}

pub fn ends_today() -> Looked {
    Looked::Ends { terms: vec![samina().into()], on: day("2027-04-20"), closed: Closed::default() }
}

/// Every letter there is, whole, for one landlord.
pub fn every_letter(slug: &str) -> Vec<Letter> {
    let step = policy(slug).ladder.warnings().next().unwrap().key.clone();
    vec![
        Letter::Warning(warning(slug, &step)),
        Letter::Restriction(notice(slug)),
        Letter::Variation(variation(slug)),
        Letter::Lifting(lifting(slug)),
        Letter::Review(review(slug, Reviewed::Stays(longer()))),
        Letter::Review(review(slug, Reviewed::Changes(longer()))),
        Letter::Review(review(slug, on_undertaking())),
        Letter::Review(review(
            slug,
            Reviewed::Ends {
                terms: vec![samina().into()],
                closed: Closed { appeal: Some(day("2027-05-30")), request: Some(day("2027-05-28")) },
            },
        )),
        Letter::EarlyReviewReceived(asked_early(slug, Asked::Within { hold_by: day("2027-04-26") })),
        Letter::EarlyReviewReceived(asked_early(slug, Asked::TooSoon { from: day("2027-05-12") })),
        Letter::EarlyReviewReceived(asked_early(slug, Asked::NotPromised)),
        Letter::ReconsiderationReceived(asked_again(slug)),
        Letter::ReconsiderationOutcome(looked_again(slug, Looked::Stays(decided(), Appealing::Over(day("2027-04-01"))))),
        Letter::ReconsiderationOutcome(looked_again(slug, Looked::Stays(decided(), Appealing::Waiting))),
        Letter::ReconsiderationOutcome(looked_again(slug, Looked::NotAgain(decided(), Appealing::Answered))),
        Letter::ReconsiderationOutcome(looked_again(slug, Looked::Changes(longer()))),
        Letter::ReconsiderationOutcome(looked_again(slug, ends_today())),
        Letter::AppealReceived(received(slug)),
        Letter::AppealReceived(AppealReceived { late_after: Some(day("2027-03-10")), decided_by: String::new(), ..received(slug) }),
        Letter::AppealOutcome(outcome(slug, Ruling::Stays(decided()))),
        Letter::AppealOutcome(outcome(slug, Ruling::Changes(decided()))),
        Letter::AppealOutcome(outcome(slug, Ruling::Ends(vec![samina().into()]))),
        Letter::AppealOutcome(outcome(
            slug,
            Ruling::SentBack {
                decided: decided(),
                look_at: "What the recording says.".into(),
                by: day("2027-03-31"),
                by_somebody_new: true,
            },
        )),
        Letter::AppealOutcome(outcome(slug, Ruling::TooLate { last_day: day("2027-03-10"), decided: decided() })),
    ]
}
