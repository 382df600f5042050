//! The menu of each person: what they may open, and what waits behind it.

use super::frame::{Flash, Frame, Me, MenuItem, Session};
use crate::casework::desk::{Desk, Staff};
use crate::http::desk::Around;
use crate::http::doors::{LOGGING, MANAGING, OVERSEEING};
use crate::rules::policy::Reach;
use crate::rules::tone::Tone;
use crate::rules::{days, say};

/// The frame of a page for whoever sits at this desk.
pub fn frame(desk: &Desk, staff: &Staff, around: &Around) -> Frame {
    let me = Me { name: staff.name.clone(), job_title: staff.job_title.clone() };
    let mut frame = Frame::signed_in(desk.landlord.name.clone(), me, around.kit.demo);
    frame.theme = match staff.theme.as_deref() {
        Some("dark") => Some("dark"),
        Some("light") => Some("light"),
        _ => None,
    };
    frame.shortcuts = staff.shortcuts;
    let until = staff.signed_in_until;
    frame.session = Some(Session {
        ends: say::time(days::time_of(until.at)),
        seconds_left: (until.at - desk.now).num_seconds(),
        can_go_on: until.can_go_on,
    });
    frame.lookup = staff.reach != Reach::Administrator;
    frame.logs = LOGGING.admits(staff.reach);
    frame.manages = MANAGING.admits(staff.reach);
    frame.oversees = OVERSEEING.admits(staff.reach);
    // An incident is logged at an address of its customer's.
    let here = if around.path.ends_with("/incidents/new") { "/incidents/new" } else { around.path.as_str() };
    frame.menu = work(staff).into_iter().map(|item| item.at(here)).collect();
    frame.menu_settings = settings(staff.reach).into_iter().map(|item| item.at(&around.path)).collect();
    frame.with_flash(around.flash.as_ref().map(|flash| Flash {
        tone: Tone::from_key(&flash.tone).unwrap_or(Tone::Quiet),
        strong: flash.strong.clone(),
        text: flash.text.clone(),
    }))
}

fn work(staff: &Staff) -> Vec<MenuItem> {
    use Reach::{Administrator, Director, Frontline, Head, Manager, PolicyOwner};
    let waiting = |kinds: &[&str]| -> u32 {
        staff.waiting.iter().filter(|(kind, _)| kinds.is_empty() || kinds.contains(&kind.as_str())).map(|(_, count)| *count).sum()
    };
    let items: Vec<(MenuItem, &[Reach])> = vec![
        (MenuItem::new("/my-work", "home", "My work").waiting(waiting(&[])), &[Frontline, Manager, Head, Director, PolicyOwner]),
        (MenuItem::new("/check", "phone", "Contact check"), &[Frontline, Manager, Head, Director]),
        (MenuItem::new("/customers", "people", "⟦Customers⟧"), &[Frontline, Manager, Head, Director, PolicyOwner]),
        (MenuItem::new("/incidents", "flag", "Incidents").waiting(waiting(&["incident"])), &[Frontline, Manager, Head]),
        (MenuItem::new("/approvals", "decide", "Approvals").waiting(waiting(&["approval", "view"])), &[Manager, Head, Director]),
        (MenuItem::new("/reviews", "clock", "⟦Reviews⟧").waiting(waiting(&["review"])), &[Manager, Head, Director, PolicyOwner]),
        (
            MenuItem::new("/appeals", "scale", "⟦Appeals⟧").waiting(waiting(&["appeal", "warning-appeal", "reconsideration"])),
            &[Manager, Head, Director, PolicyOwner],
        ),
        (MenuItem::new("/letters", "letter", "Letters").waiting(waiting(&["letter"])), &[Frontline, Manager, Head, Director, PolicyOwner]),
    ];
    debug_assert!(items.iter().all(|(_, reaches)| !reaches.contains(&Administrator)));
    items.into_iter().filter(|(_, reaches)| reaches.contains(&staff.reach)).map(|(item, _)| item).collect()
}

fn settings(reach: Reach) -> Vec<MenuItem> {
    match reach {
        Reach::Administrator => {
            vec![MenuItem::new("/admin/people", "admin", "People"), MenuItem::new("/admin/mail", "letter", "Mail not sent")]
        }
        Reach::PolicyOwner => vec![MenuItem::new("/policy", "book", "Policy settings")],
        _ => vec![MenuItem::new("/policy", "book", "Policy and guidance")],
    }
}
