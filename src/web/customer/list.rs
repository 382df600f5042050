//! Everybody on record by family name, or those with limits, or those whose review is late.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use crate::casework::desk::Desk;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, Doors, LOGGING};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths::{self, Ref};
use crate::rules::answer::Rulebook;
use crate::rules::say;
use crate::store;
use crate::store::customer_list::Line;
use crate::web::frame::Frame;
use crate::web::menu;

/// The list.
pub fn doors() -> Doors {
    Doors::new().page::<paths::Customers, _>(CASEWORK, index)
}

/// `?show=review-late&after=404-118-2731`: a reference, never a name.
#[derive(Debug, Deserialize)]
struct Asked {
    show: Option<String>,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "customer/index.html")]
struct Index {
    frame: Frame,
    form: Form,
    shows: Vec<Choice>,
    caption: String,
    /// The landlord's word for the state of a customer with limits.
    limited: String,
    rows: Vec<Row>,
    first: String,
    next: String,
    may_add: bool,
}

struct Row {
    href: paths::Customer,
    name: String,
    address: String,
    tenancy: String,
    is_limited: bool,
    is_suspended: bool,
    /// "12 March 2027", or empty.
    review: String,
    is_late: bool,
}

const A_PAGE: usize = 20;
const ONE_MORE: i64 = 21;

async fn index(_: paths::Customers, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let show_only = asked.show.as_deref().filter(|key| ["in-force", "review-late"].contains(key)).unwrap_or_default();
    let mut lines = read(&mut desk, show_only, asked.after.as_deref()).await?;
    let is_more = lines.len() > A_PAGE;
    lines.truncate(A_PAGE);
    let limited = Rulebook::of(&desk.policy).limited;
    let page = Index {
        frame: menu::frame(&desk, &staff, &around),
        form: Form::blank().with("show", show_only),
        shows: vec![Choice::new("", "Everybody"), Choice::new("in-force", limited.clone()), Choice::new("review-late", "Review late")],
        caption: match show_only {
            "in-force" => format!("⟦Customers⟧ with {} in force, by family name", desk.policy.words.restriction.a),
            "review-late" => "⟦Customers⟧ whose review is late, by family name".to_owned(),
            _ => "⟦Customers⟧ by family name".to_owned(),
        },
        limited,
        first: asked.after.as_ref().map(|_| format!("{}?show={show_only}", paths::Customers {})).unwrap_or_default(),
        next: match lines.last().filter(|_| is_more) {
            Some(last) => format!("{}?show={show_only}&after={}", paths::Customers {}, last.reference),
            None => String::new(),
        },
        rows: lines.into_iter().map(|line| Row::of(line, desk.today())).collect(),
        may_add: LOGGING.admits(staff.reach),
    };
    show(&around, &page)
}

async fn read(desk: &mut Desk, show_only: &str, after: Option<&str>) -> store::Result<Vec<Line>> {
    let today = desk.today();
    match show_only {
        "" => store::customer_list::everybody(&mut desk.tx, after, today, ONE_MORE).await,
        show => store::customer_list::limited(&mut desk.tx, show == "review-late", after, today, ONE_MORE).await,
    }
}

impl Row {
    fn of(line: Line, today: chrono::NaiveDate) -> Self {
        let place = [line.town, line.postcode.map(|code| code.replace(' ', "\u{a0}"))].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let address = [line.line1.unwrap_or_default(), place];
        Self {
            href: paths::Customer { customer: Ref(line.reference) },
            name: format!("{} {}", line.given, line.family),
            address: address.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            tenancy: line.tenancy_ref.unwrap_or_default(),
            is_limited: line.is_limited,
            is_suspended: line.is_suspended,
            is_late: line.review_due.is_some_and(|due| due < today),
            review: line.review_due.map(say::day).unwrap_or_default(),
        }
    }
}
