//! A next version of each landlord's policy, on its way: brought by its owner, and at one landlord asked for already.

use anyhow::{Context, Result};
use chrono::TimeDelta;

use super::cast::{House, Post};
use super::{landlord_id, named, teller};
use crate::casework::desk::Office;
use crate::casework::policy::{self, Brought};
use crate::rules::id::PolicyVersionId;
use crate::store;

/// The owner who brings it.
const OWNER: &str = "policy";

/// Brings the next version, unless there is one.
pub async fn bring(office: &Office, house: &'static House, people: &'static [Post]) -> Result<()> {
    let mut desk = office.desk_for_job(landlord_id(house)).await?;
    let id = PolicyVersionId(named(&format!("next policy {}", house.slug)));
    if store::policy::find(&mut desk.tx, id).await?.is_some() {
        return Ok(());
    }
    let owner = people.iter().find(|post| post.account == OWNER).context("a policy owner of the cast")?;
    desk.now -= TimeDelta::days(2);
    let now = desk.now;
    desk.seat(teller::seated(house, people, owner, now)?);
    let note = "Customers told us that twenty working days is too long to wait for an answer, and that six months is too long without \
                anybody looking again. Both become shorter.";
    policy::bring(&mut desk, &Brought { id, pack: next(house.pack), note: Some(note.to_owned()), is_ours: false }).await?;
    if house.slug == "west-kent" {
        desk.now += TimeDelta::hours(3);
        let from = desk.today() + TimeDelta::days(23);
        policy::ask(&mut desk, id, 1, from).await?;
    }
    Ok(desk.commit().await?)
}

/// The same policy with a quicker answer to an appeal, and reviews every three months.
fn next(pack: &str) -> String {
    let mut chapter = "";
    let mut lines = Vec::new();
    for line in pack.lines() {
        if line.starts_with('[') {
            chapter = line.trim();
        }
        let key = line.split('=').next().unwrap_or_default().trim();
        lines.push(match (chapter, key) {
            ("[challenge.appeal]", "decide-within") => {
                chosen(key, "\"10 working days\"", "Ten working days is as long as a customer should wait.")
            }
            ("[reviews]", "intervals") => chosen(key, "[\"3 months\"]", "Three months is the longest without a second look."),
            ("[reviews]", "usual") => chosen(key, "\"3 months\"", "The one interval there is."),
            _ => line.to_owned(),
        });
    }
    lines.join("\n") + "\n"
}

fn chosen(key: &str, value: &str, why: &str) -> String {
    format!("{key} = {{ value = {value}, interpretation = \"{why}\", by = \"the policy owner\", on = 2026-11-20 }}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::{Policy, differences};

    #[test]
    fn every_landlords_next_version_has_no_fault_and_differs_in_three_values() {
        for (house, _) in crate::demo::cast::CAST {
            let next = next(house.pack);
            assert!(Policy::read(&next).is_ok(), "{}: {:?}", house.slug, Policy::read(&next).err());
            let differ: Vec<String> = differences(house.pack, &next).into_iter().map(|one| one.place).collect();
            assert_eq!(differ, ["reviews.intervals", "reviews.usual", "challenge.appeal.decide-within"], "{}", house.slug);
        }
    }
}
