//! A landlord's policy as its customers read it, signed in or not: from the version in force, with nothing of how the house works.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};

use crate::casework::found;
use crate::http::fault::Answered;
use crate::http::kit::Kit;
use crate::http::paths;
use crate::rules::policy::Policy;
use crate::rules::policy_public::{House, Section, differs, opening, sections};
use crate::rules::say;
use crate::web::frame::Frame;

/// How long a copy may be kept: long enough to be quick, short enough that a new version is seen the same day.
const KEPT: &str = "public, max-age=300";

#[derive(Template)]
#[template(path = "policy/public.html")]
struct Public {
    frame: Frame,
    landlord: String,
    title: String,
    /// The landlord's words for it.
    behaviour: String,
    opening: String,
    sections: Vec<Section>,
    from: String,
}

pub(super) async fn show(path: paths::PublicPolicy, State(kit): State<Kit>) -> Answered {
    let open = found(kit.office.open_policy(&path.slug.0).await?)?;
    let house = House { name: open.landlord.name, phone: open.landlord.phone, email: open.landlord.email };
    let areas: Vec<&Policy> = open.areas.iter().map(AsRef::as_ref).collect();
    let apart = differs(&open.policy, &areas, &house);
    let mut frame = Frame::signed_out(kit.demo);
    frame.landlord = house.name.clone();
    let page = Public {
        frame,
        title: open.policy.document.title.clone(),
        behaviour: open.policy.words.behaviour.clone(),
        opening: opening(&open.policy, &house),
        sections: sections(&open.policy, &house).into_iter().chain(apart).collect(),
        landlord: house.name,
        from: open.since.map(say::day).unwrap_or_default(),
    };
    Ok(([(header::CACHE_CONTROL, KEPT)], Html(page.render()?)).into_response())
}
