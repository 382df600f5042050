//! A way that is closed, closed in part, or blocked by a machine.

use super::{Limit, Rank};
use crate::rules::answer::scene::Scene;
use crate::rules::measure::phrase::{by, channels, contacts};
use crate::rules::measure::{Block, Channel, Term, Way};
use crate::rules::say;

/// No channel of this way is open.
pub fn closed(scene: &Scene<'_>) -> Option<Limit> {
    if !scene.open_here().is_empty() {
        return None;
    }
    let (order, rest) = match scene.way() {
        Way::Phone => ("Do not continue this call", "Go on with anything else on this call"),
        Way::Writing => ("Do not reply", "Reply about anything else"),
        Way::Chat => ("Do not continue this chat", "Go on with anything else in this chat"),
        Way::Person => ("Do not continue this meeting", "Go on with anything else in this meeting"),
        Way::Visit => ("Do not make this visit", "Visit for anything else"),
        Way::Social => ("Do not reply on social media", "Reply about anything else"),
    };
    let mut limit = Limit::new(Rank::Closed, vec![format!("{order}, {}.", scene.unless())]).may_not(rest);
    if scene.way() == Way::Visit {
        limit = limit.may("Make a visit that safety or the law needs, such as a gas check");
    }
    let routes = scene.routes();
    if !routes.is_empty() && !scene.is_represented() {
        let help = format!("I can help with {} right now.", scene.urgent());
        limit = limit
            .may(format!("Say how to reach us instead: {}", by(&routes, say::either)))
            .say(format!("{help} For anything else, please contact us {}.", by(&routes, say::either)));
    }
    for except in exceptions(scene) {
        limit = limit.may(format!("Follow the exception that was agreed: {except}"));
    }
    Some(limit)
}

fn exceptions<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a str> {
    scene.terms().filter_map(|term| match term {
        Term::EndDirectContact { except, .. } | Term::EndAllContact { except } if !except.trim().is_empty() => Some(except.trim()),
        _ => None,
    })
}

/// Some channels of this way are closed and some are open.
pub fn partly_closed(scene: &Scene<'_>) -> Option<Limit> {
    let open = scene.open_here();
    let shut: Vec<Channel> = scene.here().into_iter().filter(|one| !open.contains(one)).collect();
    if shut.is_empty() {
        return None;
    }
    let closed: Vec<&str> = shut.iter().map(|one| contacts(*one, 2)).collect();
    let only = channels(&open, say::either);
    let heading = format!("Write by {only} only. {} are closed.", say::sentence(&say::list(&closed)));
    let limit = Limit::new(Rank::PartlyClosed, vec![heading]).may(format!("Reply by {only}"));
    Some(shut.iter().fold(limit, |limit, one| limit.may_not(format!("Reply {} about anything else", one.by()))))
}

/// A number, mailbox or account is blocked on this way.
pub fn blocks(scene: &Scene<'_>) -> Vec<Limit> {
    let here = scene.way().channels();
    scene
        .terms()
        .filter_map(|term| match term {
            Term::TechnicalBlock { what, detail, .. } if met_on(*what).iter().any(|one| here.contains(one)) => {
                Some(blocked(scene, *what, detail))
            }
            _ => None,
        })
        .collect()
}

/// Where staff come across a block.
const fn met_on(what: Block) -> &'static [Channel] {
    match what {
        Block::Number => &[Channel::Phone],
        Block::Mailbox => &[Channel::Email],
        Block::Social | Block::OwnSocial => &[Channel::Social],
        Block::OwnPhone => &[Channel::Phone, Channel::Text, Channel::Chat],
    }
}

fn blocked(scene: &Scene<'_>, what: Block, detail: &str) -> Limit {
    let (thing, other) = match what {
        Block::Number => ("A phone number", "number"),
        Block::Mailbox => ("A mailbox", "mailbox"),
        Block::Social => ("A social media account", "account"),
        Block::OwnPhone => ("A staff member’s own phone", "staff phone"),
        Block::OwnSocial => ("A staff member’s own social media", "staff account"),
    };
    let verb = scene.verb();
    let headings = vec![format!("{verb} as normal. {thing} is blocked: {detail}."), format!("{verb} as normal. {thing} is blocked.")];
    Limit::new(Rank::Blocked, headings).may_not(format!("Give out another {other} to get round the block"))
}
