//! One colleague: what is known of them, whom they report to, what they may do; and their leaving.

use askama::Template;
use uuid::Uuid;

use crate::casework::colleague::{change, leave};
use crate::casework::desk::{Desk, Staff};
use crate::casework::{Error, found};
use crate::http::answer::{again, done, refusals, show, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::StaffId;
use crate::rules::policy::Reach;
use crate::rules::say;
use crate::rules::text::{Line, PersonName};
use crate::store;
use crate::store::staff::{Happened, Record, StaffLine};
use crate::web::frame::Frame;
use crate::web::menu;

#[derive(Template)]
#[template(path = "admin/colleague.html")]
struct Page {
    frame: Frame,
    form: Form,
    id: StaffId,
    name: String,
    email: String,
    has_left: bool,
    version: i32,
    reaches: Vec<Choice>,
    posts: Vec<Choice>,
    /// Colleagues who still work here, this one apart.
    others: Vec<Choice>,
    teams: Vec<Choice>,
    /// What has to be taken over if they leave; empty where nothing has.
    left_behind: String,
    /// What was changed about them: what, when and by whom.
    changes: Vec<(String, String)>,
}

pub(super) async fn index(path: paths::AdminPerson, Reading { mut desk, staff, around }: Reading) -> Answered {
    let record = found(store::staff::record(&mut desk.tx, path.id).await?)?;
    let form = filled(&record);
    show(&around, &page(&mut desk, &staff, &around, path.id, &record, form).await?)
}

pub(super) async fn save(path: paths::AdminPerson, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let record = found(store::staff::record(&mut desk.tx, path.id).await?)?;
    let before = page(&mut desk, &staff, &around, path.id, &record, form.clone()).await?;
    let Some(to) = wanted(&mut form, &before) else { return again(&around, &before.with(form)) };
    match change(&mut desk, path.id, &to).await {
        Ok(()) => done(desk, &around, Flash::good("Saved.", format!("It holds for {} from this minute.", to.name)), path).await,
        Err(error) => wrong(&around, before, form, error),
    }
}

pub(super) async fn gone(path: paths::AdminPersonLeft, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let record = found(store::staff::record(&mut desk.tx, path.id).await?)?;
    let typed = filled(&record).with("successor", form.value("successor"));
    let before = page(&mut desk, &staff, &around, path.id, &record, typed.clone()).await?;
    let version = form.text("version", |typed| typed.parse::<i32>().map_err(|_| "Open this page again, something in it was lost"));
    let successor = chosen(&form, "successor");
    let Some(version) = version else { return again(&around, &before.with(typed)) };
    match leave(&mut desk, path.id, version, successor).await {
        Ok(()) => {
            let flash = Flash::good(format!("{} has left.", record.name), "They are signed out, and cannot sign in again.");
            done(desk, &around, flash, paths::AdminPeople {}).await
        }
        Err(error) => wrong(&around, before, typed, error),
    }
}

/// The page again with what is wrong; what was typed is kept.
fn wrong(around: &Around, before: Page, mut form: Form, error: Error) -> Answered {
    match error {
        Error::Refused(_) => {
            refusals(error, &mut form)?;
            again(around, &before.with(form))
        }
        Error::Changed(sentence) => {
            form.refuse(format!("{sentence} What you see here is what you typed; open the page again for what it is now."));
            stale(around, &before.with(form))
        }
        error => Err(error.into()),
    }
}

/// What was typed, if all of it can be so.
fn wanted(form: &mut Form, page: &Page) -> Option<Record> {
    let version = form.text("version", |typed| typed.parse::<i32>().map_err(|_| "Open this page again, something in it was lost"));
    let name = form.text("name", PersonName::parse);
    let job_title = form.text("job_title", Line::parse);
    let reaches: Vec<(&str, Reach)> = Reach::ALL.iter().map(|reach| (reach.key(), *reach)).collect();
    let reach = form.choice("reach", &reaches, "Choose which pages they open");
    let posts: Vec<(&str, String)> = page.posts.iter().map(|post| (&*post.value, post.value.clone())).collect();
    let roles = form.choices("roles", &posts);
    Some(Record {
        name: name?.to_string(),
        job_title: job_title?.to_string(),
        reach: reach?.key().to_owned(),
        roles,
        manager: among(form, "manager", &page.others)?,
        team: among(form, "team", &page.teams)?,
        has_left: page.has_left,
        tasks: 0,
        reports: 0,
        version: version?,
    })
}

/// What was chosen of a list in which nothing is a choice too; none where the choice was not offered.
fn among<T: std::str::FromStr>(form: &mut Form, field: &str, offered: &[Choice]) -> Option<Option<T>> {
    let typed = form.value(field).to_owned();
    if typed.is_empty() {
        return Some(None);
    }
    if offered.iter().any(|choice| choice.value == typed) {
        return typed.parse().ok().map(Some);
    }
    form.wrong(field, "Choose one of the list");
    None
}

fn chosen(form: &Form, field: &str) -> Option<StaffId> {
    form.value(field).parse().ok()
}

fn filled(record: &Record) -> Form {
    let one = |name: &str, value: String| (name.to_owned(), value);
    let mut pairs = vec![
        one("name", record.name.clone()),
        one("job_title", record.job_title.clone()),
        one("reach", record.reach.clone()),
        one("manager", record.manager.map(|id| id.to_string()).unwrap_or_default()),
        one("team", record.team.map(|id| id.to_string()).unwrap_or_default()),
    ];
    pairs.extend(record.roles.iter().map(|role| one("roles", role.clone())));
    Form::from_pairs(pairs)
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, id: StaffId, record: &Record, form: Form) -> Result<Page, Fault> {
    let people = store::staff::list(&mut desk.tx).await?;
    let teams = store::staff::teams(&mut desk.tx).await?;
    let happened = store::staff::history(&mut desk.tx, id).await?;
    let today = desk.today();
    let line = |one: Happened| {
        let by = one.by.unwrap_or_else(|| "the operator".to_owned());
        (one.event.line().title, format!("{}, by {by}", say::minute_this_year(one.at, today)))
    };
    Ok(Page {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        id,
        name: record.name.clone(),
        email: people.iter().find(|line| line.id == id).map_or_else(String::new, |line| line.email.clone()),
        has_left: record.has_left,
        version: record.version,
        reaches: Reach::ALL.iter().map(|reach| Choice::new(reach.key(), reach.title())).collect(),
        posts: desk.policy.roles.iter().map(|(key, role)| Choice::new(key, &*role.title)).collect(),
        others: people.iter().filter(|line| line.id != id && !line.has_left).map(choice).collect(),
        teams: teams.iter().map(|(id, name): &(Uuid, String)| Choice::new(id.to_string(), &**name)).collect(),
        left_behind: left_behind(record),
        changes: happened.into_iter().map(line).collect(),
    })
}

fn choice(line: &StaffLine) -> Choice {
    Choice::new(line.id.to_string(), format!("{}, {}", line.name, line.job_title))
}

fn left_behind(record: &Record) -> String {
    let tasks = (record.tasks > 0).then(|| say::count(record.tasks, "thing to do by name", "things to do by name"));
    let reports =
        (record.reports > 0).then(|| say::count(record.reports, "colleague who reports to them", "colleagues who report to them"));
    say::list(&[tasks, reports].into_iter().flatten().collect::<Vec<_>>())
}

impl Page {
    fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }
}
