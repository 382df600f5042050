//! Every page of the demonstration in a real browser: no violation that axe can find, light and dark, wide and narrow, and nothing
//! that has to be scrolled sideways. Pages are found as a person finds them, by following links, so a new one is covered the day it is
//! linked.

mod comforts;

use std::collections::{BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::net::TcpListener;

use crate::support::app::House;

/// Who looks around: between them they may open every page. One Manchester tells others of its letters.
const VISITORS: &[&str] =
    &["adviser@west-kent", "manager@west-kent", "director2@west-kent", "policy@west-kent", "admin@west-kent", "manager@one-manchester"];

/// How a page is looked at: width, height, dark or light.
const LOOKS: &[(u32, u32, &str)] = &[(1280, 800, "light"), (1280, 800, "dark"), (320, 640, "light"), (320, 640, "dark")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_passes_axe_and_fits_at_320_pixels() {
    let Some(axe) = axe() else { return left_out("axe-core is not there; bin/test fetches it") };
    let Some(driver) = Driver::start() else { return left_out("there is no Chromium with its driver; bin/test installs them") };
    let house = House::open().await;
    let base = serve(&house).await;
    let browser = driver.browser().await;
    let mut faults = Vec::new();
    let mut kinds = BTreeSet::new();
    look_around(&browser, &base, None, &axe, &mut faults, &mut kinds).await;
    for account in VISITORS {
        look_around(&browser, &base, Some(account), &axe, &mut faults, &mut kinds).await;
    }
    browser.quit().await.expect("the browser closes");
    println!("{} kinds of page looked at: {}", kinds.len(), kinds.iter().cloned().collect::<Vec<_>>().join(" "));
    assert!(kinds.len() >= 30, "only these were found: {kinds:?}");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_sees_a_page_that_is_not_accessible() {
    let Some(axe) = axe() else { return left_out("axe-core is not there; bin/test fetches it") };
    let Some(driver) = Driver::start() else { return left_out("there is no Chromium with its driver; bin/test installs them") };
    let browser = driver.browser().await;
    let page = "data:text/html,<html><body><main><h1>x</h1><input><img src=x></main></body></html>";
    browser.goto(page).await.expect("the page opens");
    let found = violations(&browser, &axe).await;
    browser.quit().await.expect("the browser closes");
    assert!(found.iter().any(|fault| fault.starts_with("label")) && found.iter().any(|fault| fault.starts_with("image-alt")), "{found:?}");
}

/// What hangs over the edge: of the answer, may, may not, how and adjustments on a desk; of the upper half, where the answer begins, on a
/// phone.
const OVER_THE_EDGE: &str = "
    const low = document.querySelector('.bar').getBoundingClientRect().top;
    const parts = [...document.querySelectorAll('.answer-band, .may, .answer-strip')].map(part => part.getBoundingClientRect().bottom);
    return innerWidth > 960 ? Math.max(...parts) - low : document.querySelector('.answer').getBoundingClientRect().top - innerHeight / 2;";

/// What stands a letter to a line: narrower than three letters, and many times as tall as it is wide.
const SQUEEZED: &str = "
    return [...document.querySelectorAll('main p, main li, main dd, main td')]
        .filter(part => part.offsetWidth > 0 && part.offsetWidth < 48 && part.offsetHeight > 4 * part.offsetWidth)
        .map(part => part.textContent.trim().slice(0, 40)).slice(0, 3);";

/// What reaches past the edge of the screen and cannot be scrolled to.
const CUT_OFF: &str = "
    const scrolls = part => {
        for (let up = part.parentElement; up; up = up.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true;
        return false;
    };
    return [...document.querySelectorAll('main time, main .due, main td, main h1, main h2, main button')]
        .filter(part => part.getClientRects().length && !part.closest('.sr'))
        .filter(part => part.getBoundingClientRect().right > innerWidth + 1 && !scrolls(part))
        .map(part => part.textContent.trim().slice(0, 40)).slice(0, 3);";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_answer_is_seen_without_scrolling() {
    let Some(driver) = Driver::start() else { return left_out("there is no Chromium with its driver; bin/test installs them") };
    let house = House::open().await;
    let base = serve(&house).await;
    let browser = driver.browser().await;
    let sql = "select l.slug, c.ref from customer c join landlord l using (landlord_id)
                where exists (select from restriction r where r.customer_id = c.id and r.stage = 'in-force') order by 1, 2";
    let limited: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&mut house.owner().await).await.expect("the customers");
    let mut faults = Vec::new();
    for of_one in limited.chunk_by(|a, b| a.0 == b.0) {
        browser.delete_all_cookies().await.expect("cookies go");
        sign_in(&browser, &base, &format!("adviser@{}", of_one[0].0)).await;
        for (slug, reference) in of_one {
            for way in ["phone", "writing", "person", "visit", "social", "phone&by=household"] {
                for (width, height) in [(1280, 800), (390, 844)] {
                    resize(&browser, width, height, "light").await;
                    let path = format!("/customers/{reference}/contact?channel={way}");
                    browser.goto(format!("{base}{path}")).await.expect("the page opens");
                    let over = script(&browser, OVER_THE_EDGE, vec![]).await.as_f64().expect("a number");
                    if over > 0.0 {
                        faults.push(format!("{path} at {slug}, {width} px wide: {over:.0} px over the edge"));
                    }
                    let squeezed = script(&browser, SQUEEZED, vec![]).await;
                    if squeezed != json!([]) {
                        faults.push(format!("{path} at {slug}, {width} px wide: squeezed: {squeezed}"));
                    }
                }
            }
        }
    }
    browser.quit().await.expect("the browser closes");
    assert!(limited.len() >= 5, "{limited:?}");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Loud, because a test that did not run must not look like one that passed.
fn left_out(why: &str) {
    println!("\n*** LEFT OUT: the browser tests did not run: {why}. ***\n");
    eprintln!("\n*** LEFT OUT: the browser tests did not run: {why}. ***\n");
}

/// The product on a port of its own, for a browser to visit.
pub async fn serve(house: &House) -> String {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let router = house.router.clone();
    tokio::spawn(async move { evenhand::app::serve(listener, router, std::future::pending()).await });
    base
}

async fn look_around(
    browser: &WebDriver,
    base: &str,
    account: Option<&str>,
    axe: &str,
    faults: &mut Vec<String>,
    kinds: &mut BTreeSet<String>,
) {
    browser.delete_all_cookies().await.expect("cookies go");
    if let Some(account) = account {
        sign_in(browser, base, account).await;
    }
    let start = if account.is_some() { "/my-work" } else { "/sign-in" };
    let mut waiting = VecDeque::from([start.to_owned(), "/".to_owned(), "/admin/people".to_owned(), "/no-such-page".to_owned()]);
    let mut seen = BTreeSet::new();
    while let Some(path) = waiting.pop_front() {
        let kind = kind_of(&path);
        if !seen.insert(kind.clone()) {
            continue;
        }
        // Looked at once, by whoever comes there first; others only pass through, for the links.
        if !kinds.insert(kind) {
            browser.goto(format!("{base}{path}")).await.expect("the page opens");
            waiting.extend(links(browser, base).await);
            continue;
        }
        for (width, height, scheme) in LOOKS {
            resize(browser, *width, *height, scheme).await;
            browser.goto(format!("{base}{path}")).await.expect("the page opens");
            let who = account.unwrap_or("nobody");
            for fault in violations(browser, axe).await {
                println!("{path} as {who}, {width} px, {scheme}: {fault}");
                faults.push(format!("{path} as {who}, {width} px, {scheme}: {fault}"));
            }
            let too_wide = script(browser, "return document.documentElement.scrollWidth - window.innerWidth", vec![]).await;
            if too_wide.as_i64().unwrap_or(0) > 0 {
                faults.push(format!("{path} as {who}, {width} px: {too_wide} px too wide"));
            }
            for (how, look) in [("squeezed", SQUEEZED), ("cut off", CUT_OFF)] {
                let found = script(browser, look, vec![]).await;
                if found != json!([]) {
                    faults.push(format!("{path} as {who}, {width} px: {how}: {found}"));
                }
            }
            let headings =
                script(browser, "return document.querySelectorAll('h1').length * 10 + document.querySelectorAll('main').length", vec![])
                    .await;
            if headings != json!(11) {
                faults.push(format!("{path} as {who}: not one h1 and one main ({headings})"));
            }
        }
        waiting.extend(links(browser, base).await);
    }
}

async fn sign_in(browser: &WebDriver, base: &str, account: &str) {
    browser.goto(format!("{base}/sign-in")).await.expect("the page opens");
    browser.find(By::Id("email")).await.expect("a field").send_keys(format!("{account}.example")).await.expect("typing");
    browser.find(By::Id("password")).await.expect("a field").send_keys(evenhand::demo::PASSWORD).await.expect("typing");
    browser.find(By::Css("main form .button-primary")).await.expect("a button").click().await.expect("a click");
    for _ in 0..100 {
        if browser.current_url().await.expect("an address").path() == "/my-work" || account.starts_with("admin") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{account} could not sign in");
}

/// The address with its ids, references and filters left out.
fn kind_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = if path.starts_with("/policy/settings/") { "/policy/settings/{}" } else { path };
    let is_id = |part: &str| part.len() == 36 || (part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
    let parts: Vec<&str> = path.split('/').map(|part| if is_id(part) { "{}" } else { part }).collect();
    let channel = query.split('&').find(|pair| pair.starts_with("channel=") || pair.starts_with("size=")).unwrap_or_default();
    format!("{}{}", parts.join("/"), if channel.is_empty() { String::new() } else { format!("?{channel}") })
}

async fn links(browser: &WebDriver, base: &str) -> Vec<String> {
    let found = script(browser, "return [...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])", vec![]).await;
    let own = |link: &Value| {
        Some(link.as_str()?.strip_prefix(base)?.to_owned()).filter(|path| path.starts_with('/') && !path.starts_with("/static"))
    };
    found.as_array().into_iter().flatten().filter_map(own).collect()
}

async fn resize(browser: &WebDriver, width: u32, height: u32, scheme: &str) {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    devtools(browser, "Emulation.setDeviceMetricsOverride", metrics).await;
    devtools(browser, "Emulation.setEmulatedMedia", json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] })).await;
}

async fn devtools(browser: &WebDriver, command: &str, parameters: Value) {
    let tools = browser.cdp();
    tools.send_raw(command, parameters).await.expect("the browser's own tools answer");
}

async fn violations(browser: &WebDriver, axe: &str) -> Vec<String> {
    script(browser, axe, vec![]).await;
    let run = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations.map(v => \
               v.id + ': ' + v.help + ' (' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(' | ') + ')')))";
    let found = browser.execute_async(run, vec![]).await.expect("axe runs");
    found.json().as_array().into_iter().flatten().filter_map(|fault| fault.as_str().map(str::to_owned)).collect()
}

async fn script(browser: &WebDriver, script: &str, arguments: Vec<Value>) -> Value {
    browser.execute(script, arguments).await.expect("the script runs").json().clone()
}

/// Where bin/test puts it: under the build folder, never in the repository.
fn axe() -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    std::fs::read_to_string(folder.parent()?.join("axe/axe.min.js")).ok()
}

/// The browser's driver, stopped with the test.
struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    fn start() -> Option<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        let process =
            Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
        let driver = Self { process, address: format!("http://127.0.0.1:{port}") };
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(driver);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        None
    }

    async fn browser(&self) -> WebDriver {
        let mut wanted = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ] {
            wanted.add_arg(argument).expect("an argument");
        }
        let browser = WebDriver::new(&self.address, wanted).await.expect("the browser starts");
        browser.set_script_timeout(Duration::from_secs(30)).await.expect("a time limit");
        browser
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
