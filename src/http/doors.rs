//! Every door of the house: method, address, and who may come in. An address without a word on who may is refused.

use axum::Extension;
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use axum_extra::routing::TypedPath;

use super::kit::Kit;
use crate::rules::policy::Reach;

/// Who may open a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, signed in or not.
    Anyone,
    /// Anybody signed in.
    SignedIn,
    /// Whoever reaches this far.
    Of(&'static [Reach]),
    /// The same, and whoever records what a body decided. They may hold any post, so the page looks at who they are.
    OrClerk(&'static [Reach]),
}

/// Everybody who may see a customer's record.
pub const CASEWORK: Who = Who::Of(&[Reach::Frontline, Reach::Manager, Reach::Head, Reach::Director, Reach::PolicyOwner]);
/// Those who log what happened.
pub const LOGGING: Who = Who::Of(&[Reach::Frontline, Reach::Manager, Reach::Head, Reach::Director]);
/// Those who assess, warn and propose.
pub const MANAGING: Who = Who::Of(&[Reach::Manager, Reach::Head, Reach::Director]);
/// Those who may be asked to approve, review, hear an appeal, or record what a body decided; the policy says which of them. A secretary who
/// owns the policy may be its clerk.
pub const DECIDING: Who = Who::Of(&[Reach::Manager, Reach::Head, Reach::Director, Reach::PolicyOwner]);
/// Those who watch over decisions.
pub const OVERSEEING: Who = Who::Of(&[Reach::Manager, Reach::Head, Reach::Director, Reach::PolicyOwner]);
/// The same, and the clerk of a body that decides or is heard.
pub const PAPERS: Who = Who::OrClerk(&[Reach::Manager, Reach::Head, Reach::Director, Reach::PolicyOwner]);
/// The owner of the policy.
pub const POLICY: Who = Who::Of(&[Reach::PolicyOwner]);
/// Those who may be the second person to a new version of the policy, and see what it changes.
pub const PUBLISHING: Who = Who::Of(&[Reach::Director, Reach::PolicyOwner]);
/// Administrators.
pub const ADMIN: Who = Who::Of(&[Reach::Administrator]);

impl Who {
    /// Whether this reach may come in.
    pub fn admits(self, reach: Reach) -> bool {
        match self {
            Self::Anyone | Self::SignedIn => true,
            Self::Of(reaches) => reaches.contains(&reach),
            Self::OrClerk(reaches) => reaches.contains(&reach) || CASEWORK.admits(reach),
        }
    }

    /// Who may, for a sentence.
    pub fn people(self) -> String {
        match self {
            Self::Anyone => "anyone".to_owned(),
            Self::SignedIn => "anyone signed in".to_owned(),
            Self::Of(reaches) => crate::rules::say::list(&named(reaches).collect::<Vec<_>>()),
            Self::OrClerk(reaches) => {
                crate::rules::say::list(&named(reaches).chain(["whoever records what a body decided".to_owned()]).collect::<Vec<_>>())
            }
        }
    }
}

fn named(reaches: &'static [Reach]) -> impl Iterator<Item = String> {
    reaches.iter().map(|reach| people(*reach).to_owned())
}

fn people(reach: Reach) -> &'static str {
    match reach {
        Reach::Frontline => "advisers and officers",
        Reach::Manager => "managers",
        Reach::Head => "heads of service",
        Reach::Director => "directors",
        Reach::PolicyOwner => "the policy owner",
        Reach::Administrator => "administrators",
    }
}

/// One door, as `evenhand routes` prints it.
#[derive(Clone, Debug)]
pub struct Door {
    /// Its method.
    pub method: Method,
    /// Its address, with the names of its parts.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
}

/// The doors built so far, and the router behind them.
#[derive(Default)]
pub struct Doors {
    router: Router<Kit>,
    list: Vec<Door>,
}

impl Doors {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page.
    pub fn page<P: TypedPath, T: 'static>(self, who: Who, handler: impl Handler<T, Kit>) -> Self {
        self.door(P::PATH, Method::GET, who, on(MethodFilter::GET, handler))
    }

    /// A change.
    pub fn act<P: TypedPath, T: 'static>(self, who: Who, handler: impl Handler<T, Kit>) -> Self {
        self.door(P::PATH, Method::POST, who, on(MethodFilter::POST, handler))
    }

    /// The doors of another part of the house beside these.
    pub fn and(mut self, others: Self) -> Self {
        self.router = self.router.merge(others.router);
        self.list.extend(others.list);
        self
    }

    /// All doors, in order of address.
    pub fn list(&self) -> Vec<Door> {
        let mut list = self.list.clone();
        list.sort_by(|a, b| (a.path, a.method.as_str()).cmp(&(b.path, b.method.as_str())));
        list
    }

    /// The router behind them.
    pub fn router(self) -> Router<Kit> {
        self.router
    }

    fn door(mut self, path: &'static str, method: Method, who: Who, handler: MethodRouter<Kit>) -> Self {
        self.router = self.router.route(path, handler.layer(Extension(who)));
        self.list.push(Door { method, path, who });
        self
    }
}
