//! The comforts that need script: the reminder before a sign-in ends, and what is typed kept as a draft. And the pages without them.

use chrono::TimeDelta;

use super::*;

/// Hands the page a clock that can be put ahead; nothing else of it changes.
const CLOCK: &str = "const real = Date.now.bind(Date); let ahead = 0; window.putAhead = (seconds) => { ahead = seconds * 1000; }; \
                     Date.now = () => real() + ahead;";

const HIDDEN: &str = "return document.querySelector('.session-ends').hidden";
const SAID: &str = "return document.querySelector('[data-draft-said]').textContent";

/// Asks the page until it answers so, for ten seconds.
async fn becomes(browser: &WebDriver, question: &str, answer: Value) {
    let mut last = Value::Null;
    for _ in 0..100 {
        last = script(browser, question, vec![]).await;
        if last == answer {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{question}: {last} and never {answer}");
}

async fn path(browser: &WebDriver) -> String {
    browser.current_url().await.expect("an address").path().to_owned()
}

/// A customer of West Kent, and where an incident with them is logged.
async fn incident_form(house: &House) -> String {
    let sql = "select c.ref from customer c join landlord l using (landlord_id) where l.slug = 'west-kent' order by c.ref limit 1";
    let reference: String = sqlx::query_scalar(sql).fetch_one(&mut house.owner().await).await.expect("a customer");
    format!("/customers/{reference}/incidents/new")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_minutes_before_a_sign_in_ends_the_page_says_so_and_one_press_keeps_it() {
    let Some(driver) = Driver::start() else { return left_out("there is no Chromium with its driver; bin/test installs them") };
    let house = House::open().await;
    let base = serve(&house).await;
    let browser = driver.browser().await;
    devtools(&browser, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": CLOCK })).await;
    sign_in(&browser, &base, "adviser@west-kent").await;
    browser.goto(format!("{base}/my-work")).await.expect("the page opens");
    let began = house.clock.now();
    assert_eq!(script(&browser, HIDDEN, vec![]).await, json!(true));

    script(&browser, "putAhead(30 * 60 - 120 - 5)", vec![]).await;
    tokio::time::sleep(Duration::from_millis(1300)).await;
    assert_eq!(script(&browser, HIDDEN, vec![]).await, json!(true), "more than two minutes are left");
    script(&browser, "putAhead(30 * 60 - 120)", vec![]).await;
    becomes(&browser, HIDDEN, json!(false)).await;
    let said = browser.find(By::Css(".session-ends")).await.expect("the reminder").text().await.expect("its words");
    assert!(said.contains("You are signed out at") && said.contains("What you have typed stays here"), "{said}");

    house.clock.set(began + TimeDelta::minutes(28));
    let here = browser.window().await.expect("a window");
    browser.find(By::Css(".session-ends a")).await.expect("a link").click().await.expect("a click");
    becomes(&browser, HIDDEN, json!(true)).await;
    for _ in 0..100 {
        if browser.windows().await.expect("windows").len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let other = browser.windows().await.expect("windows").into_iter().find(|one| *one != here).expect("a new tab");
    browser.switch_to_window(other).await.expect("the new tab");
    for _ in 0..100 {
        if path(&browser).await == "/me/settings" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(browser.find(By::Css("h1")).await.is_ok(), "the settings are open");
    browser.switch_to_window(here).await.expect("the first tab");
    house.clock.set(began + TimeDelta::minutes(50));
    browser.goto(format!("{base}/my-work")).await.expect("the page opens");
    assert_eq!(path(&browser).await, "/my-work", "twenty minutes after it would have ended");
    house.clock.set(began + TimeDelta::minutes(85));
    browser.goto(format!("{base}/my-work")).await.expect("the page opens");
    assert_eq!(path(&browser).await, "/sign-in", "and without a press it ends");
    browser.quit().await.expect("the browser closes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_typed_incident_is_kept_by_itself_and_is_there_after_a_reload() {
    let Some(driver) = Driver::start() else { return left_out("there is no Chromium with its driver; bin/test installs them") };
    let house = House::open().await;
    let base = serve(&house).await;
    let browser = driver.browser().await;
    sign_in(&browser, &base, "adviser@west-kent").await;
    let form = incident_form(&house).await;
    browser.goto(format!("{base}{form}")).await.expect("the page opens");
    assert_eq!(script(&browser, SAID, vec![]).await, json!(""));
    browser.find(By::Id("what")).await.expect("a field").send_keys("“I know where you").await.expect("typing");
    becomes(&browser, SAID, json!("Kept as a draft.")).await;
    browser.refresh().await.expect("the page opens again");
    let typed = browser.find(By::Id("what")).await.expect("a field").value().await.expect("a value").unwrap_or_default();
    assert_eq!(typed.trim(), "“I know where you");
    let page = browser.find(By::Tag("main")).await.expect("a page").text().await.expect("its words");
    assert!(page.contains("You began this on"), "{page}");
    browser.quit().await.expect("the browser closes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_typed_decision_is_kept_by_itself_and_is_there_after_a_reload() {
    let Some(driver) = Driver::start() else { return left_out("there is no Chromium with its driver; bin/test installs them") };
    let house = House::open().await;
    let base = serve(&house).await;
    let browser = driver.browser().await;
    sign_in(&browser, &base, "manager@west-kent").await;
    let sql = "select '/incidents/' || t.subject_id::text from task t join landlord l using (landlord_id)
                where l.slug = 'west-kent' and t.kind = 'incident' and t.done_at is null
                  and t.staff_id = (select s.id from staff s where s.landlord_id = l.landlord_id and s.email like 'manager@%') limit 1";
    let incident: String = sqlx::query_scalar(sql).fetch_one(&mut house.owner().await).await.expect("an incident that waits");
    browser.goto(format!("{base}{incident}")).await.expect("the page opens");
    browser.find(By::Id("reasons")).await.expect("a field").send_keys("He was upset, and").await.expect("typing");
    becomes(&browser, SAID, json!("Kept as a draft.")).await;
    browser.refresh().await.expect("the page opens again");
    let typed = browser.find(By::Id("reasons")).await.expect("a field").value().await.expect("a value").unwrap_or_default();
    assert_eq!(typed.trim(), "He was upset, and");
    browser.find(By::Css("button[formaction='/me/drafts/end']")).await.expect("a button").click().await.expect("a click");
    let question = "return document.querySelector('main').textContent.includes('You began this on') || document.readyState !== 'complete'";
    becomes(&browser, question, json!(false)).await;
    let typed = browser.find(By::Id("reasons")).await.expect("a field").value().await.expect("a value").unwrap_or_default();
    assert_eq!(typed.trim(), "");
    browser.quit().await.expect("the browser closes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_nothing_is_missing_that_is_needed() {
    let Some(driver) = Driver::start() else { return left_out("there is no Chromium with its driver; bin/test installs them") };
    let house = House::open().await;
    let base = serve(&house).await;
    let browser = driver.browser().await;
    devtools(&browser, "Network.enable", json!({})).await;
    devtools(&browser, "Network.setBlockedURLs", json!({ "urls": ["*.js"] })).await;
    sign_in(&browser, &base, "adviser@west-kent").await;
    let form = incident_form(&house).await;
    browser.goto(format!("{base}{form}")).await.expect("the page opens");
    let foot = browser.find(By::Css(".foot")).await.expect("a foot").text().await.expect("its words");
    assert!(foot.contains("You are signed in until") && !foot.contains("You are signed out at"), "{foot}");
    browser.find(By::Id("what")).await.expect("a field").send_keys("“I know where you").await.expect("typing");
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(script(&browser, SAID, vec![]).await, json!(""), "nothing is kept by itself: the script did not come");
    browser.find(By::Css("button[formaction]")).await.expect("a button").click().await.expect("a click");
    let question = "return document.querySelector('main').textContent.includes('You began this on') && document.readyState === 'complete'";
    becomes(&browser, question, json!(true)).await;
    let typed = browser.find(By::Id("what")).await.expect("a field").value().await.expect("a value").unwrap_or_default();
    assert_eq!(typed.trim(), "“I know where you");
    browser.quit().await.expect("the browser closes");
}

/// What a person with forced colours cannot make out: a control without an edge, a focus without a ring, a state without its word.
const LOST: &str = "
    const seen = (place) => { const box = place.getBoundingClientRect(); return box.width > 1 && box.height > 1 && !place.closest('.sr'); };
    const edge = (style) => ['Top', 'Right', 'Bottom', 'Left'].some((side) => style['border' + side + 'Style'] !== 'none' && parseFloat(style['border' + side + 'Width']) > 0);
    const ring = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const name = (place) => place.outerHTML.slice(0, 90);
    const lost = [];
    if (!matchMedia('(forced-colors: active)').matches) lost.push('the colours are not forced');
    for (const control of document.querySelectorAll('main input:not([type=hidden], [type=radio], [type=checkbox]), main textarea, main select, .button, .tile, .tag, .answer, .panel'))
        if (seen(control) && !edge(getComputedStyle(control))) lost.push('no edge: ' + name(control));
    for (const state of document.querySelectorAll('.tag, .due'))
        if (seen(state) && !state.textContent.trim()) lost.push('no word: ' + name(state));
    for (const place of document.querySelectorAll('main a[href], main input:not([type=hidden]), main textarea, main select, main button, main summary, .rail a[href], .rail input, .rail button')) {
        if (!seen(place)) continue;
        place.focus({ focusVisible: true });
        if (document.activeElement !== place) continue;
        const around = place.closest('.tile') || place.closest('.lookup') || place;
        if (!ring(getComputedStyle(place)) && !ring(getComputedStyle(around))) lost.push('no ring: ' + name(place));
    }
    return [...new Set(lost)].slice(0, 12);";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_colours_are_forced_edges_rings_and_words_stay() {
    let Some(driver) = Driver::start() else { return left_out("there is no Chromium with its driver; bin/test installs them") };
    let house = House::open().await;
    let base = serve(&house).await;
    let browser = driver.browser().await;
    sign_in(&browser, &base, "manager@west-kent").await;
    let form = incident_form(&house).await;
    let sql = "select c.ref from customer c join landlord l using (landlord_id) join restriction r using (landlord_id)
                where l.slug = 'west-kent' and r.customer_id = c.id and r.stage = 'in-force' order by c.ref limit 1";
    let limited: String = sqlx::query_scalar(sql).fetch_one(&mut house.owner().await).await.expect("a customer with limits");
    let mut faults = Vec::new();
    for (width, height) in [(1280, 800), (320, 640)] {
        resize(&browser, width, height, "light").await;
        let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
        devtools(&browser, "Emulation.setEmulatedMedia", forced).await;
        for path in ["/my-work".to_owned(), form.clone(), format!("/customers/{limited}/contact?channel=phone")] {
            browser.goto(format!("{base}{path}")).await.expect("the page opens");
            let lost = script(&browser, LOST, vec![]).await;
            faults.extend(lost.as_array().into_iter().flatten().map(|one| format!("{path}, {width} px: {one}")));
        }
    }
    browser.quit().await.expect("the browser closes");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
