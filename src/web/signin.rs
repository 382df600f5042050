//! Signing in and out. Known and unknown addresses get the same words and take the same time; guessing is slowed, and nobody can
//! lock somebody else out.

use std::net::IpAddr;
use std::sync::LazyLock;
use std::time::Duration;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::frame::Frame;
use super::signin_page::{DemoLandlord, DemoPerson, Ended, SignIn};
use crate::demo::cast::{CAST, House, Post};
use crate::http::answer::see_other;
use crate::http::cookie::{self, Token};
use crate::http::desk::Typed;
use crate::http::doors::{Doors, Who};
use crate::http::fault::{self, Answered, Fault};
use crate::http::form::Form;
use crate::http::kit::Kit;
use crate::http::paths;
use crate::http::source::Source;
use crate::store;

/// Wrong tries of one account from one source, in the window, before it must wait.
const TRIES_OF_ONE: i64 = 6;
/// Wrong tries of one account from anywhere, in the window, before each further one is slowed. It is never refused for this: a
/// stranger's guesses must not lock its owner out.
const TRIES_OF_ALL: i64 = 20;
/// Wrong tries from one source, of any accounts, in the window.
const TRIES_OF_SOURCE: i64 = 100;
const WINDOW: chrono::TimeDelta = chrono::TimeDelta::minutes(15);
const SLOWED_BY: Duration = Duration::from_secs(2);

/// In, out, and help.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::SignIn, _>(Who::Anyone, form)
        .act::<paths::SignIn, _>(Who::Anyone, sign_in)
        .page::<paths::SignInHelp, _>(Who::Anyone, help)
        .act::<paths::SignOut, _>(Who::Anyone, sign_out)
}

#[derive(serde::Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
    #[serde(default)]
    lost: String,
}

async fn form(_: paths::SignIn, State(kit): State<Kit>, Query(back): Query<Back>, headers: HeaderMap) -> Answered {
    let ended = match (Token::of(&headers).is_some(), back.lost == "1", back.back.is_empty()) {
        (true, true, _) => Ended::BeforeSaving,
        (true, false, false) => Ended::WhileReading,
        _ => Ended::No,
    };
    page(&kit, StatusCode::OK, Form::blank(), &back.back, ended).await
}

async fn help(_: paths::SignInHelp) -> Redirect {
    Redirect::to("/help#sign-in")
}

async fn page(kit: &Kit, status: StatusCode, form: Form, next: &str, ended: Ended) -> Answered {
    let frame = Frame::signed_out(kit.demo).with_form(&form);
    let accounts = if kit.demo { demo_accounts(kit).await? } else { Vec::new() };
    let next = nearest_page(next).unwrap_or_default();
    let page = SignIn { frame, form, next, ended, accounts, demo_password: crate::demo::PASSWORD };
    Ok((status, Html(page.render()?)).into_response())
}

/// The people of the demonstration, in the order of their posts; of generated landlords, the first one's.
async fn demo_accounts(kit: &Kit) -> Result<Vec<DemoLandlord>, Fault> {
    let mut system = kit.office.db.system().await?;
    let mut known = store::system::landlords(&mut system).await?;
    system.commit().await?;
    let cast: Vec<DemoLandlord> =
        CAST.iter().filter(|(house, _)| known.iter().any(|known| known.slug == house.slug)).map(of_the_cast).collect();
    if !cast.is_empty() || known.is_empty() {
        return Ok(cast);
    }
    let first = known.swap_remove(0);
    let mut tx = kit.office.db.for_job(first.id).await?;
    let people = store::staff::list(&mut tx).await?;
    tx.commit().await?;
    let people = people.into_iter().map(|person| DemoPerson { email: person.email, name: person.name, job: person.job_title }).collect();
    Ok(vec![DemoLandlord { name: first.name, people }])
}

fn of_the_cast((house, people): &(House, &[Post])) -> DemoLandlord {
    let people = people.iter().map(|post| DemoPerson {
        email: format!("{}@{}.example", post.account, house.slug),
        name: post.name.to_owned(),
        job: format!("{} ({})", post.job_title, post.account),
    });
    DemoLandlord { name: house.name.to_owned(), people: people.collect() }
}

async fn sign_in(_: paths::SignIn, State(kit): State<Kit>, Source(source): Source, Typed(form): Typed) -> Answered {
    let (email, password) = (form.value("email").trim().to_owned(), form.value("password").to_owned());
    let next = form.value("next").to_owned();
    let mut form = Form::blank().with("email", &email);
    if email.is_empty() {
        form.wrong("email", "Enter your email address");
    }
    if password.is_empty() {
        form.wrong("password", "Enter your password");
    }
    if !form.is_clean() {
        return page(&kit, StatusCode::UNPROCESSABLE_ENTITY, form, &next, Ended::No).await;
    }
    let guessed = Guessed::at(&kit, &email, source).await?;
    if guessed.must_wait {
        form.wrong("password", "There were several wrong tries. Wait 15 minutes, then try again, or ask your administrator");
        return page(&kit, StatusCode::TOO_MANY_REQUESTS, form, &next, Ended::No).await;
    }
    if guessed.is_slowed {
        tokio::time::sleep(SLOWED_BY).await;
    }
    let Some(account) = account(&kit, &email, password).await? else {
        tracing::info!("a sign-in failed");
        form.wrong("email", "The email address or the password is not right");
        return page(&kit, StatusCode::UNPROCESSABLE_ENTITY, form, &next, Ended::No).await;
    };
    guessed.take_back(&kit).await?;
    begin(&kit, &account, &next).await
}

/// The account, where the password is right and the person still works there.
async fn account(kit: &Kit, email: &str, password: String) -> Result<Option<store::session::Account>, Fault> {
    let mut system = kit.office.db.system().await?;
    let account = store::session::account(&mut system, email).await?;
    system.commit().await?;
    let matches = kit.passwords.check(password, account.as_ref().map(|account| account.password_hash.clone())).await;
    let Some(account) = account.filter(|_| matches) else { return Ok(None) };
    let mut tx = kit.office.db.for_job(account.landlord).await?;
    let person = store::staff::find(&mut tx, account.staff).await?;
    tx.commit().await?;
    Ok(person.is_some_and(|person| !person.has_left).then_some(account))
}

async fn begin(kit: &Kit, account: &store::session::Account, next: &str) -> Answered {
    let token = Token::new();
    let mut system = kit.office.db.system().await?;
    store::session::begin(&mut system, &token.hash(), account, kit.office.clock.now()).await?;
    system.commit().await?;
    tracing::info!(landlord.id = %account.landlord, staff.id = %account.staff, "signed in");
    let to = nearest_page(next).unwrap_or_else(|| paths::MyWork {}.to_string());
    Ok(with_cookie(see_other(to), &token.cookie().to_string()))
}

/// The page at an address of ours; where it answers to forms alone, the page above it.
pub(super) fn nearest_page(address: &str) -> Option<String> {
    static PAGES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let pages = super::doors().list().into_iter().filter(|door| door.method == Method::GET);
        pages.map(|door| door.path).collect()
    });
    let fits = |path: &str| PAGES.iter().any(|page| is_of(page, path));
    if !fault::is_own(address) {
        return None;
    }
    let mut path = address.split(['?', '#']).next().unwrap_or_default();
    if fits(path) {
        return Some(address.to_owned());
    }
    while let Some((above, _)) = path.rsplit_once('/').filter(|(above, _)| !above.is_empty()) {
        if fits(above) {
            return Some(above.to_owned());
        }
        path = above;
    }
    None
}

/// Whether an address is of this form: "/incidents/{id}".
fn is_of(form: &str, path: &str) -> bool {
    form.split('/').count() == path.split('/').count()
        && form.split('/').zip(path.split('/')).all(|(wanted, part)| wanted == part || (wanted.starts_with('{') && !part.is_empty()))
}

async fn sign_out(_: paths::SignOut, State(kit): State<Kit>, headers: HeaderMap) -> Answered {
    if let Some(token) = Token::of(&headers) {
        let mut system = kit.office.db.system().await?;
        store::session::end(&mut system, &token.hash(), kit.office.clock.now()).await?;
        system.commit().await?;
    }
    Ok(with_cookie(see_other(paths::SignIn {}), &cookie::signed_out().to_string()))
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = cookie.parse() {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// How often this was tried lately. A try is counted before it is known to be wrong, so that many at once cannot all slip through, and
/// taken back when it was right.
struct Guessed {
    counted: [Uuid; 3],
    must_wait: bool,
    is_slowed: bool,
}

impl Guessed {
    async fn at(kit: &Kit, email: &str, source: Option<IpAddr>) -> Result<Self, Fault> {
        let email = email.to_lowercase();
        let source = source.map_or_else(String::new, |source| source.to_string());
        let keyed =
            |what: &str| -> [u8; 32] { Sha256::new().chain_update(kit.key.signing()).chain_update(what.as_bytes()).finalize().into() };
        let what = [keyed(&format!("one {email} {source}")), keyed(&format!("all {email}")), keyed(&format!("source {source}"))];
        let counted = what.map(|_| kit.office.ids.next());
        let now = kit.office.clock.now();
        let mut system = kit.office.db.system().await?;
        let mut before = [0; 3];
        for ((before, what), id) in before.iter_mut().zip(&what).zip(counted) {
            *before = store::session::attempts_since(&mut system, what, now - WINDOW).await?;
            store::session::add_attempt(&mut system, id, what, now).await?;
        }
        let must_wait = before[0] >= TRIES_OF_ONE || before[2] >= TRIES_OF_SOURCE;
        if !must_wait {
            system.commit().await?;
        }
        Ok(Self { counted, must_wait, is_slowed: before[1] >= TRIES_OF_ALL })
    }

    async fn take_back(&self, kit: &Kit) -> Result<(), Fault> {
        let mut system = kit.office.db.system().await?;
        store::session::take_back_attempts(&mut system, &self.counted).await?;
        system.commit().await?;
        Ok(())
    }
}
