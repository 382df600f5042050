//! Business areas: the whole policy of each is judged like the landlord's own, and what is wrong only there is said of the area.

use toml::{Table, Value};

use super::{Finding, Judged};
use crate::rules::policy::format::place;
use crate::rules::policy::{Fault, Policy};
use crate::rules::say;

/// One area of a pack.
pub(super) struct Named {
    pub key: String,
    /// "In supported housing"
    pub within: String,
}

/// The areas of a pack, in its order.
pub(super) fn all(pack: &Table) -> Vec<Named> {
    let areas = pack.get("areas").and_then(Value::as_array).into_iter().flatten();
    let word = |area: &Value, key: &str| area.get(key).and_then(Value::as_str).map(str::to_owned);
    let named = |area: &Value| Some(Named { key: word(area, "key")?, within: format!("In {}", say::inside(&word(area, "title")?)) });
    areas.filter_map(named).collect()
}

/// A pack without what its areas say instead.
pub(super) fn without_overlays(pack: &Table) -> Table {
    let mut own = pack.clone();
    for area in own.get_mut("areas").and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_table_mut) {
        area.remove("instead");
    }
    own
}

/// Says of an area whatever is not said of everybody. Gives the policy that holds there.
pub(super) fn join(everybody: &mut Judged, own: Judged, area: &Named) -> Option<Policy> {
    let Judged { policy, faults, findings, .. } = own;
    let said: Vec<&Fault> = everybody.faults.iter().collect();
    // What an area lays over something that nobody could read is judged once that is mended.
    let leans = |fault: &Fault| everybody.mended.iter().any(|one| place::is_within(&fault.place, one));
    let is_new = |fault: &Fault| !leans(fault) && said.iter().all(|one| (&one.place, &one.says) != (&fault.place, &fault.says));
    let faults: Vec<Fault> = faults
        .into_iter()
        .filter(|fault| is_of_a_chapter(&fault.place) && is_new(fault))
        .map(|fault| fault_in(area, fault, &everybody.text))
        .collect();
    let said: Vec<&Finding> = everybody.findings.iter().collect();
    let is_new = |finding: &Finding| said.iter().all(|one| (&one.place, &one.says) != (&finding.place, &finding.says));
    // The contents of the document are one list, held against what every area names.
    let is_its_own = |finding: &Finding| is_of_a_chapter(&finding.place) && finding.place != "document.clauses" && is_new(finding);
    let mut findings: Vec<Finding> =
        findings.into_iter().filter(is_its_own).map(|finding| finding_in(area, finding, &everybody.text)).collect();
    findings.extend(nothing_differs(everybody, policy.as_ref(), area));
    everybody.faults.extend(faults);
    everybody.findings.extend(findings);
    policy.map(|policy| Policy { area: Some(area.key.clone()), ..policy })
}

/// Whether a place is one that an area can speak of: not the file itself, and not what stands under an area.
fn is_of_a_chapter(place: &str) -> bool {
    place != super::THE_FILE && !place::is_within(place, "areas")
}

fn nothing_differs(everybody: &Judged, policy: Option<&Policy>, area: &Named) -> Option<Finding> {
    let is_alike = everybody.faults.is_empty() && policy.is_some() && policy == everybody.policy.as_ref();
    let at = format!("areas.{}", area.key);
    is_alike.then(|| {
        let says = format!("{} nothing differs from what everybody has.", area.within);
        let line = place::line_of(&everybody.text, &at);
        Finding { line, ..Finding::new(&at, says, "Say under `instead` what does, or leave the area out.") }
    })
}

fn fault_in(area: &Named, fault: Fault, text: &str) -> Fault {
    let at = format!("areas.{}.instead.{}", area.key, fault.place);
    // A heading is written under the area.
    let heading = |place: &str| format!("[{place}]");
    let says = fault.says.replace(&heading(&fault.place), &heading(&format!("areas.instead.{}", fault.place)));
    Fault { line: place::line_of(text, &at), says: format!("{}: {says}", area.within), place: at }
}

fn finding_in(area: &Named, finding: Finding, text: &str) -> Finding {
    let at = format!("areas.{}.instead.{}", area.key, finding.place);
    Finding { line: place::line_of(text, &at), says: format!("{}: {}", area.within, finding.says), place: at, ..finding }
}
