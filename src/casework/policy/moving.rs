//! Moving a case to the version in force: a decision with a reason and a letter. What was promised stays.
//! Whoever may end the case early by their own decision may move it: they could have authorised it, or may hold its review. A clerk records
//! what a body decides and moves nothing; the policy owner sees what a version touches and decides nothing about a customer.

use super::cases::{Touched, beside, compare};
use crate::casework::desk::Desk;
use crate::casework::review::{self, Promise};
use crate::casework::{Error, Refusal, Result, found, letter, restriction};
use crate::letters::{Decided, Different, Letter, Moved};
use crate::rules::appeal::LastDays;
use crate::rules::days;
use crate::rules::event::Event;
use crate::rules::id::{LetterId, RestrictionId};
use crate::rules::policy::Policy;
use crate::rules::policy_change::{self, Change};
use crate::rules::say;
use crate::store;
use crate::store::restriction::Restriction;

/// A case that could be moved, as it stands.
#[derive(Clone, Debug)]
pub struct Moving {
    /// The restriction.
    pub restriction: Restriction,
    /// The case beside the version in force.
    pub touched: Touched,
    /// What of it the customer is told.
    pub told: Vec<Change>,
    /// The number of the version in force.
    pub to: i32,
    /// Where the customer's business area is another than the case was begun in: "in supported housing".
    pub area: Option<String>,
    /// What stands in the way.
    pub refused: Vec<String>,
}

/// A restriction in force beside the version in force today, for whoever may move it.
///
/// # Errors
/// `Changed` where it is under that version already or no longer in force; `Forbidden` with who can.
pub async fn moving(desk: &mut Desk, id: RestrictionId) -> Result<Moving> {
    let restriction = found(store::restriction::find(&mut desk.tx, id).await?)?;
    let version = desk.policy_version;
    let to = found(store::policy::find(&mut desk.tx, version).await?)?.number;
    let today = desk.today();
    let line = store::policy_case::list(&mut desk.tx, version, None, Some(id), today, 1).await?.pop();
    let Some(line) = line.filter(|line| line.in_force_at.is_some()) else {
        return Err(Error::Changed(format!(
            "Only what is in force under another version, or under that of another area, is moved. This is under version {to} as it holds \
             here, or not in force."
        )));
    };
    restriction::may_end_alone(desk, &restriction).await?.map_err(Error::Forbidden)?;
    let pair = (line.policy, line.target);
    let beside = beside(desk, [pair].into()).await?;
    let versions = found(beside.get(&pair))?;
    let (own, policy) = (versions.before.clone(), versions.after.clone());
    let told = policy_change::told(versions);
    let touched = compare(versions, line, today);
    let mut refused = policy_change::cannot_move(&own, &policy, &touched.case);
    if touched.line.under_appeal {
        refused.push("An appeal is open. It is decided under the version it came under; move the case after that.".to_owned());
    }
    if review::ended(desk, &own, &restriction).is_some() {
        refused.push("Its last day has gone by. Hold its review instead.".to_owned());
    }
    let area = area_between(&own, &policy);
    Ok(Moving { restriction, touched, told, to, area, refused })
}

/// Where the customer's business area is another than a case was begun in: where the policy in force holds for them, as "in supported
/// housing", or "in general" where no area is named.
pub fn area_between(own: &Policy, now: &Policy) -> Option<String> {
    let area = now.area.as_deref().and_then(|area| now.area(area));
    let place = area.map_or_else(|| "in general".to_owned(), |area| format!("in {}", say::inside(&area.title)));
    (own.area != now.area).then_some(place)
}

/// Whether the person at the desk moved it, as it was read, a moment ago: a second press has nothing more to do.
pub async fn is_moved_by_me(desk: &mut Desk, id: RestrictionId, version: i32) -> Result<bool> {
    let me = desk.staff()?.id;
    let now = found(store::restriction::find(&mut desk.tx, id).await?)?;
    let (target, _) = desk.policy_for(now.customer).await?;
    let moved = now.policy == target && now.version > version && version > 0;
    Ok(moved && store::event::last_by(&mut desk.tx, id.0, "restriction-moved").await? == Some(me))
}

/// Moves a case to the version in force today, with its letter. Its terms, its days and its review stay as they were promised; who
/// holds the review and who hears an appeal is the new version's to say.
pub async fn move_case(desk: &mut Desk, id: RestrictionId, version: i32, reasons: &str) -> Result<LetterId> {
    store::restriction::lock(&mut desk.tx, id).await?;
    let Moving { restriction, touched, told, to, area, refused } = moving(desk, id).await?;
    if restriction.version != version {
        return Err(restriction::changed(desk, id).await);
    }
    if !refused.is_empty() {
        return Err(Error::Refused(refused.into_iter().map(|sentence| Refusal::at("", sentence)).collect()));
    }
    restriction::note_in_place_of(desk, &restriction).await?;
    let (own, target) = (desk.policy_of(restriction.policy).await?, touched.line.target);
    if let Some(told) = review::promised_early(desk, &own, id).await? {
        store::restriction::keep_early(&mut desk.tx, id, told.from, &told.within.to_string()).await?;
    }
    if !store::restriction::move_to(&mut desk.tx, id, version, target).await? {
        return Err(restriction::changed(desk, id).await);
    }
    let policy = desk.policy_of(target).await?;
    if let (Some(open), Some(due_on)) = (restriction.next_review, touched.line.review_on) {
        let ends_on = restriction.ends_on;
        let promise = Promise { restriction: id, customer: restriction.customer, due_on, ends_on, sent_back_by: None };
        review::ask_anew(desk, &policy, open, promise).await?;
    }
    let word = policy.words.restriction.one.clone();
    desk.record(restriction.customer, Event::RestrictionMoved { restriction: id, word, to, reasons: reasons.to_owned() }).await?;
    let different = Differs { area, told };
    let letter = letter_of(desk, &restriction, &touched, different, reasons).await?;
    restriction::promise(desk, id, &letter).await?;
    letter::make(desk, restriction.customer, id.0, &letter).await
}

/// What a customer reads of a move.
struct Differs {
    /// Where the rules hold that apply now, where that is what changed.
    area: Option<String>,
    told: Vec<Change>,
}

/// It says what is different, and promises an appeal against the move itself: never earlier than what was promised before.
async fn letter_of(
    desk: &mut Desk,
    restriction: &Restriction,
    touched: &Touched,
    Differs { area, told }: Differs,
    reasons: &str,
) -> Result<Letter> {
    let (policy, today) = (desk.policy_of(touched.line.target).await?, desk.today());
    let early = review::promised_early(desk, &policy, restriction.id).await?;
    let customer = found(store::customer::get(&mut desk.tx, restriction.customer).await?)?;
    let terms = store::term::list(&mut desk.tx, restriction.id).await?.into_iter().map(|line| line.term).collect();
    let counted = LastDays::counted(&policy, today, today);
    let shared = letter::shared(desk, &customer, policy).await?;
    let shared = letter::heard(desk, shared, restriction.id).await?;
    Ok(Letter::Moved(Moved {
        shared,
        reasons: reasons.to_owned(),
        area,
        changes: told.into_iter().map(|change| Different { what: change.what, before: change.before, now: change.after }).collect(),
        decided: Decided {
            terms,
            from: restriction.in_force_at.map_or(today, days::day_of),
            until: restriction.ends_on,
            review_on: touched.line.review_on.unwrap_or(today),
            appeal_by: counted.or_later(touched.case.appeal, touched.case.length_appeal),
            early,
        },
    }))
}
