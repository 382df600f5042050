//! The policy itself: brought as a draft, checked and asked for from a day, published by a second person, withdrawn before its day.

mod cases;
mod moving;
mod overtaken;

pub use cases::{Touched, movable, touched, without_a_case};
pub use moving::{Moving, area_between, is_moved_by_me, move_case, moving};
pub use overtaken::{Overtaken, overtaken};

use chrono::NaiveDate;

use super::desk::{Actor, Desk};
use super::{Error, Refusal, Result, found};
use crate::rules::event::Event;
use crate::rules::id::PolicyVersionId;
use crate::rules::policy::{Policy, Reach, check, same_landlord};
use crate::rules::policy_version::{self, Stage};
use crate::rules::restriction_rest::Rests;
use crate::rules::say;
use crate::store;
use crate::store::policy::{Draft, InArea, Version};
use crate::store::staff::StaffLine;

/// A version as somebody brings it.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Its id, made when the form was opened: a second press finds it there.
    pub id: PolicyVersionId,
    /// The file.
    pub pack: String,
    /// What changes and why.
    pub note: Option<String>,
    /// Whether somebody said that it is this landlord's, although it names another.
    pub is_ours: bool,
}

/// Brings a version as a draft: nothing changes for anybody yet. Its number; nothing when this very one was brought before.
///
/// # Errors
/// `Refused` with every fault of the pack, or where a version says the same word for word.
pub async fn bring(desk: &mut Desk, brought: &Brought) -> Result<Option<i32>> {
    let by = match &desk.actor {
        Actor::Staff(staff) => Some(staff.id),
        Actor::System => None,
    };
    let policy = Policy::read(&brought.pack)
        .map_err(|faults| Error::Refused(faults.iter().map(|fault| Refusal::at("", fault.to_string())).collect()))?;
    if store::policy::find(&mut desk.tx, brought.id).await?.is_some() {
        return Ok(None);
    }
    if let (Some(sentence), false) = (names_another(desk, &policy), brought.is_ours) {
        return Err(Error::refused("ours", sentence));
    }
    if let Some(number) = store::policy::with_words(&mut desk.tx, &brought.pack).await? {
        return Err(Error::refused("pack", format!("Version {number} says the same, word for word. Change the file first.")));
    }
    let areas = in_areas(&brought.pack, |_| desk.new_id());
    let draft = Draft {
        id: brought.id,
        title: &policy.document.title,
        pack: &brought.pack,
        rests: Rests::of(&policy),
        areas: &areas,
        note: brought.note.as_deref(),
        by,
    };
    let now = desk.now;
    let Some(number) = store::policy::draft(&mut desk.tx, &draft, now).await? else { return Ok(None) };
    let note = brought.note.clone().unwrap_or_default();
    desk.record_for_all(Event::PolicyBrought { policy: brought.id, number, note }).await?;
    Ok(Some(number))
}

/// The business areas of a pack without fault in which details differ, each with an id of its own.
pub fn in_areas(pack: &str, id: impl Fn(&str) -> PolicyVersionId) -> Vec<InArea> {
    let own = check(pack).areas;
    let of = |policy: &Policy| policy.area.clone().map(|area| InArea { id: id(&area), area, rests: Rests::of(policy) });
    own.iter().filter_map(of).collect()
}

/// What is odd where a pack names another landlord than the one it is brought for; nothing where it is the same by another form of its name.
pub fn names_another(desk: &Desk, policy: &Policy) -> Option<String> {
    let (named, here) = (&policy.document.landlord, &desk.landlord.name);
    (!same_landlord(named, here)).then(|| format!("The file is the policy of {named}, and this is {here}. Bring the right file"))
}

/// Says that the findings were read, and asks for a version from a day. Whoever may confirm it is written to.
pub async fn ask(desk: &mut Desk, id: PolicyVersionId, version: i32, from: NaiveDate) -> Result<()> {
    let before = as_read(desk, id, version).await?;
    let staff = desk.staff()?;
    if staff.reach != Reach::PolicyOwner {
        return Err(Error::Forbidden("The policy owner asks for a version to be published.".to_owned()));
    }
    let by = staff.id;
    policy_version::may_ask(before.stage, from, desk.today()).map_err(|refusal| Error::refused("starts_on", refusal.to_string()))?;
    let (id, now) = (before.id, desk.now);
    if !store::policy::ask(&mut desk.tx, id, version, from, by, now).await? {
        return Err(changed(desk, id).await);
    }
    desk.record_for_all(Event::PolicyAskedFor { policy: id, number: before.number, from }).await?;
    let after = found(store::policy::find(&mut desk.tx, id).await?)?;
    tell_second_people(desk, &after, from).await
}

/// Why a version cannot be asked for from this day; nothing where it can.
pub async fn against_day(desk: &mut Desk, id: PolicyVersionId, from: NaiveDate) -> Result<Option<String>> {
    let stage = found(store::policy::find(&mut desk.tx, id).await?)?.stage;
    Ok(policy_version::may_ask(stage, from, desk.today()).err().map(|refusal| refusal.to_string()))
}

/// Publishes a version that was asked for: by a second person, from its day. A second press changes nothing more. `knows` says that they
/// read what it takes back, where another version came into force since it was brought.
///
/// # Errors
/// `Forbidden` with who can, for whoever brought it or asked for it.
pub async fn publish(desk: &mut Desk, id: PolicyVersionId, version: i32, knows: bool) -> Result<()> {
    if is_published_by_me(desk, id, version).await? {
        return Ok(());
    }
    let before = as_read(desk, id, version).await?;
    may_publish(desk, &before).await?.map_err(Error::Forbidden)?;
    let Some(from) = before.starts_on.filter(|_| before.stage == Stage::Checked) else { return Err(changed(desk, id).await) };
    if let Err(refusal) = policy_version::may_ask(before.stage, from, desk.today()) {
        let sentence = format!("{refusal} It was asked for from {}. Ask for it again from another day.", say::day(from));
        return Err(Error::refused("", sentence));
    }
    if let (Some(overtaken), false) = (overtaken(desk, &before).await?.filter(|one| !one.takes_back.is_empty()), knows) {
        let since = overtaken.by.number;
        let sentence = format!("Tick that you have read what it takes back: version {since} came into force after it was brought");
        return Err(Error::refused("takes_back", sentence));
    }
    let (id, by, now) = (before.id, desk.staff()?.id, desk.now);
    if !store::policy::publish(&mut desk.tx, id, version, by, now).await? {
        return Err(changed(desk, id).await);
    }
    desk.record_for_all(Event::PolicyPublished { policy: id, number: before.number, from }).await
}

/// Whether the person at the desk published it, as it was read, a moment ago.
async fn is_published_by_me(desk: &mut Desk, id: PolicyVersionId, version: i32) -> Result<bool> {
    let me = desk.staff()?.id;
    let now = found(store::policy::find(&mut desk.tx, id).await?)?;
    Ok(now.stage == Stage::Published && now.version == version + 1 && now.published_by == Some(me))
}

/// Withdraws a version before its day, with the reason. What has taken effect stays.
pub async fn withdraw(desk: &mut Desk, id: PolicyVersionId, version: i32, because: &str) -> Result<()> {
    let before = as_read(desk, id, version).await?;
    may_withdraw(desk, &before)?.map_err(Error::Forbidden)?;
    let (id, by, now) = (before.id, desk.staff()?.id, desk.now);
    if !store::policy::withdraw(&mut desk.tx, id, version, by, because, now).await? {
        return Err(changed(desk, id).await);
    }
    desk.record_for_all(Event::PolicyWithdrawn { policy: id, number: before.number, because: because.to_owned() }).await
}

/// Whether the person at the desk may publish this version; the sentence says who can.
pub async fn may_publish(desk: &mut Desk, version: &Version) -> Result<std::result::Result<(), String>> {
    let staff = desk.staff()?;
    let Err(refusal) = policy_version::may_publish(version.hands(), staff.id, staff.reach) else { return Ok(Ok(())) };
    let people = store::staff::list(&mut desk.tx).await?;
    let names: Vec<&str> = second_people(&people, version).map(|line| line.name.as_str()).collect();
    Ok(Err(match names.len() {
        0 => format!("{refusal} Nobody else here may. Add a director or a second policy owner first."),
        1..=4 => format!("{refusal} Here that is {}.", say::either(&names)),
        _ => refusal.to_string(),
    }))
}

/// Whether the person at the desk may withdraw it. Asked before anything is said of a form that is not complete.
///
/// # Errors
/// `Forbidden` with who can.
pub async fn may_be_withdrawn(desk: &mut Desk, id: PolicyVersionId) -> Result<()> {
    let version = found(store::policy::find(&mut desk.tx, id).await?)?;
    may_withdraw(desk, &version)?.map_err(Error::Forbidden)
}

/// Whether the person at the desk may withdraw this version; the sentence says who can.
pub fn may_withdraw(desk: &Desk, version: &Version) -> Result<std::result::Result<(), String>> {
    let staff = desk.staff()?;
    let may = policy_version::may_withdraw(version.stage, version.starts_on, version.hands(), staff.id, staff.reach, desk.today());
    Ok(may.map_err(|refusal| {
        let two = [&version.checked_by_name, &version.published_by_name];
        let names: Vec<&str> = two.into_iter().flatten().map(String::as_str).collect();
        match refusal {
            policy_version::Refusal::NotOneOfTheTwo => format!("{refusal} Here that is {}.", say::either(&names)),
            _ => refusal.to_string(),
        }
    }))
}

/// Those still here who may confirm a version.
fn second_people<'a>(people: &'a [StaffLine], version: &'a Version) -> impl Iterator<Item = &'a StaffLine> {
    people.iter().filter(|line| {
        let reach = Reach::from_key(&line.reach);
        !line.has_left && reach.is_some_and(|reach| policy_version::may_publish(version.hands(), line.id, reach).is_ok())
    })
}

async fn tell_second_people(desk: &mut Desk, version: &Version, from: NaiveDate) -> Result<()> {
    let people = store::staff::list(&mut desk.tx).await?;
    let by = desk.staff()?.name.clone();
    let subject = format!("Version {} of the policy waits for a second person", version.number);
    for person in second_people(&people, version) {
        let words = format!(
            "Dear {}\n\n{by} asks for version {} of the policy from {}. Somebody else confirms it before it takes effect. Read what differs and \
             which open cases it touches:\n\n/policy/versions/{}\n",
            person.name,
            version.number,
            say::day(from),
            version.id
        );
        desk.write_to(
            &person.name,
            &person.email,
            &format!("policy {} asked {} to {}", version.id, version.version, person.id),
            &subject,
            &words,
        )
        .await?;
    }
    Ok(())
}

/// The version, if it stands as it was read.
async fn as_read(desk: &mut Desk, id: PolicyVersionId, version: i32) -> Result<Version> {
    let found = found(store::policy::find(&mut desk.tx, id).await?)?;
    if found.version == version { Ok(found) } else { Err(changed(desk, id).await) }
}

/// What a version has become meanwhile, for whoever wanted to change it too.
async fn changed(desk: &mut Desk, id: PolicyVersionId) -> Error {
    let Ok(Some(now)) = store::policy::find(&mut desk.tx, id).await else { return Error::NotFound };
    let by = |name: &Option<String>| name.clone().unwrap_or_else(|| "Somebody".to_owned());
    Error::Changed(match now.stage {
        Stage::Draft => "It is a draft still. Read it again before you go on.".to_owned(),
        Stage::Checked => format!("{} asked for it from {}.", by(&now.checked_by_name), now.starts_on.map(say::day).unwrap_or_default()),
        Stage::Published => format!("{} published it.", by(&now.published_by_name)),
        Stage::Withdrawn => format!("{} withdrew it.", by(&now.withdrawn_by_name)),
    })
}
