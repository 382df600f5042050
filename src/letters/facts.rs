//! The facts letters are made from. Plain values: whoever makes a letter fills them in, and the letters find the words.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::rules::appeal::LastDays;
use crate::rules::early_review;
use crate::rules::label::labels;
use crate::rules::measure::{Channel, Chosen};
use crate::rules::policy::{Policy, Who};

labels! {
    /// How a customer reads a letter best.
    pub enum Format {
        Standard "standard" "Standard, 12 point",
        LargePrint "large-print" "Large print, 18 point",
        PlainText "plain-text" "Plain text",
    }
}

/// What every letter shares: who writes to whom, on which day, under which policy, and who signs.
/// `casework::letter::shared` fills it in from a desk.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The policy the record was made under: its words, its required parts, its routes onward.
    pub policy: Arc<Policy>,
    /// Who writes.
    pub landlord: Sender,
    /// To whom.
    pub customer: Addressee,
    /// The day of the letter.
    pub on: NaiveDate,
    /// The format on the customer's record.
    pub format: Format,
    /// Adjustments in force, each as what we do: "send every letter in 18 point". May be empty.
    pub adjustments: Vec<String>,
    /// Who signs, unless the policy says otherwise of a letter.
    pub signed_by: Signer,
    /// The one holder of each post that signs letters by the policy, by the post's key.
    pub holders: BTreeMap<String, Signer>,
    /// The last days of the restrictions of this customer that hold once this is decided.
    pub goes_on: Vec<Option<NaiveDate>>,
    /// The body that decided and the day it met; whoever signs then signs for it.
    pub met: Option<(String, NaiveDate)>,
    /// Who decides an appeal against this decision, where that depends on who authorised it and is known.
    pub hears: Option<Who>,
}

/// The landlord, as a letterhead has it.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Its name.
    pub name: String,
    /// Its postal address, lines apart.
    pub address: Vec<String>,
    /// The number customers ring.
    pub phone: String,
    /// The address customers email.
    pub email: String,
}

/// The customer, as an envelope has them.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// "Mr Colin Ashworth", or the full name without a title.
    pub full_name: String,
    /// "Mr Ashworth", or the full name without a title.
    pub formal_name: String,
    /// Their postal address, lines apart. Empty where none is known: the letter then goes by email or by hand.
    pub address: Vec<String>,
    /// Their reference, printed as ours.
    pub reference: String,
}

/// Who signs.
#[derive(Clone, Debug)]
pub struct Signer {
    /// Their name.
    pub name: String,
    /// Their own job title.
    pub job_title: String,
}

/// One thing that happened, on its day.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The day.
    pub on: NaiveDate,
    /// What was done, not what the person is like: "you shouted at a member of staff on the phone".
    pub what: String,
}

/// The customer's own account.
#[derive(Clone, Debug)]
pub enum Account {
    /// They told us; what they said, as it was written down.
    Heard(String),
    /// They were asked and have not answered; how they were asked, as a sentence, or nothing.
    NoAnswer(String),
    /// They were not asked; why, as a sentence the customer may read, or nothing.
    NotAsked(String),
}

/// The warnings that came before, from the record.
#[derive(Clone, Debug)]
pub enum EarlierWarnings {
    /// Those that were given. None at all is a missing part.
    Given(Vec<EarlierWarning>),
    /// A step was left out; the reason recorded, as a sentence. Warnings given all the same, if any.
    LeftOut { because: String, given: Vec<EarlierWarning> },
}

/// One warning that came before.
#[derive(Clone, Debug)]
pub struct EarlierWarning {
    /// The day it was given.
    pub on: NaiveDate,
    /// The landlord's own title of the step: "Formal warning".
    pub title: String,
    /// How it was given.
    pub form: WarningForm,
    /// It was no warning, but a talk or a word before one.
    pub informal: bool,
}

labels! {
    /// How a warning reached the customer.
    pub enum WarningForm {
        Spoken "spoken" "when we spoke to you",
        Written "written" "in a letter",
        Within "within" "in a letter about something else",
    }
}

/// What holds from now on: the terms, how long, and when they are looked at again.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The terms in force, as they were decided. The letter says them to "you".
    pub terms: Vec<Chosen>,
    /// The day they start, or started.
    pub from: NaiveDate,
    /// The last day; none where there is openly no end.
    pub until: Option<NaiveDate>,
    /// The day by which it is looked at again.
    pub review_on: NaiveDate,
    /// The last days for an appeal, as `rules::appeal` counted them.
    pub appeal_by: LastDays,
    /// What is promised of a review before its day; nothing where none is.
    pub early: Option<early_review::Promised>,
}

/// What the customer asked of us and nobody answered, because what it was about has ended: the day each came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// An appeal.
    pub appeal: Option<NaiveDate>,
    /// A request to look again.
    pub request: Option<NaiveDate>,
}

/// How an appeal stands once we have looked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appealing {
    /// It can come until these days.
    Until(LastDays),
    /// The last day for it has gone by.
    Over(NaiveDate),
    /// One has come and waits for its answer.
    Waiting,
    /// One was answered, and that answer is final.
    Answered,
}

labels! {
    /// How a letter went.
    pub enum Via {
        Post "post" "post",
        Email "email" "email",
        ByHand "by-hand" "hand",
    }
}

impl Via {
    /// Every way, those by which this policy sends letters first and in its order.
    pub fn in_order(policy: &Policy) -> Vec<Self> {
        let usual = policy.letters.sent_by.iter().flat_map(|ways| ways.iter().copied()).filter_map(Self::by);
        usual.chain(Self::ALL.iter().copied()).fold(Vec::new(), |mut ways, via| {
            if !ways.contains(&via) {
                ways.push(via);
            }
            ways
        })
    }

    const fn by(channel: Channel) -> Option<Self> {
        match channel {
            Channel::Letter => Some(Self::Post),
            Channel::Email => Some(Self::Email),
            Channel::Person | Channel::Visit => Some(Self::ByHand),
            _ => None,
        }
    }
}
