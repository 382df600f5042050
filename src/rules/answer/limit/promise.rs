//! What we promise or offer: a reply in its rhythm, a regular call, an advocate.

use chrono::NaiveDate;

use super::{Limit, Rank};
use crate::rules::answer::hours::day;
use crate::rules::answer::scene::Scene;
use crate::rules::days;
use crate::rules::measure::phrase::rhythm;
use crate::rules::measure::{Term, Way};
use crate::rules::say;

/// Messages are answered at a set rhythm, or together.
pub fn replies(scene: &Scene<'_>) -> Vec<Limit> {
    if !matches!(scene.way(), Way::Writing | Way::Chat | Way::Social) {
        return Vec::new();
    }
    let wanted = scene.terms().filter(|term| matches!(term, Term::Replies { .. }));
    wanted.map(|term| reply(scene, term)).collect()
}

fn reply(scene: &Scene<'_>, term: &Term) -> Limit {
    let Term::Replies { every, on, by, one_for_all } = term else { return Limit::new(Rank::Noted, Vec::new()) };
    let by = by.trim();
    let together = |limit: Limit| if *one_for_all { limit.may("Answer everything that came before it in one reply") } else { limit };
    let (Some(every), Some(on)) = (every, on) else {
        let heading =
            vec![format!("Write one reply to everything that came. {by} writes it."), "Write one reply to everything.".to_owned()];
        return together(Limit::new(Rank::Noted, heading).may_not("Answer each message by itself"));
    };
    let today = scene.today();
    let next = next(scene, term);
    let when = next.map_or_else(|| rhythm(*every, *on), |next| day(next, today));
    if next == Some(today) && scene.reader_is(&[by]) {
        let heading = vec!["Write today’s reply. It is the day we promised.".to_owned()];
        return together(Limit::new(Rank::Yours, heading).may(format!("Reply {}", rhythm(*every, *on))));
    }
    let urgent = scene.urgent();
    let headings = vec![
        format!("Deal with {urgent}. {} replies {when}.", say::sentence(by)),
        format!("Deal with {urgent}. Leave the rest for the next reply."),
    ];
    together(Limit::new(Rank::Replies, headings))
        .may(format!("Pass anything else to {by}, who replies {}", rhythm(*every, *on)))
        .may_not("Reply in between about anything that can wait")
}

/// The next day a promise falls due, counted from the restriction it belongs to.
fn next(scene: &Scene<'_>, term: &Term) -> Option<NaiveDate> {
    let line = scene.lines.iter().find(|line| line.terms.iter().any(|one| std::ptr::eq(&raw const one.term, term)))?;
    let next = term.duty()?.next(scene.facts.policy.calendar, days::day_of(line.whole.from), scene.today())?;
    line.whole.until.is_none_or(|last| next <= last).then_some(next)
}

/// Calls we promised to make.
pub fn calls(scene: &Scene<'_>) -> Vec<Limit> {
    if scene.way() != Way::Phone {
        return Vec::new();
    }
    let promised = scene.terms().filter_map(|term| match term {
        Term::RegularCall { by, every, on, at } => Some((term, by.trim(), rhythm(*every, *on), say::time(*at))),
        _ => None,
    });
    promised
        .map(|(term, by, rhythm, at)| {
            let him = scene.him();
            let sentence =
                next(scene, term).map(|next| format!("{} rings {him} {}, at {at}.", say::sentence(by), day(next, scene.today())));
            let heading = format!("{} as normal. A regular call is promised.", scene.verb());
            let limit = Limit::new(Rank::Noted, vec![heading]).may(format!("Say when we ring: {by}, {rhythm}, at {at}"));
            sentence.into_iter().fold(limit, Limit::line)
        })
        .collect()
}

/// The customer may name somebody to speak for them.
pub fn invited(scene: &Scene<'_>) -> Vec<Limit> {
    let offers = scene.terms().filter_map(|term| match term {
        Term::AdvocateInvited { who } => Some(who.trim()),
        _ => None,
    });
    offers
        .map(|who| {
            let heading = format!("{} as normal. Offer {} someone to speak for {}.", scene.verb(), scene.him(), scene.him());
            Limit::new(Rank::Noted, vec![heading]).may(format!("Offer an advocate, such as {who}"))
        })
        .collect()
}
