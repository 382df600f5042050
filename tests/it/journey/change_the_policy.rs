//! A new version of the policy: brought, checked, published by two people, withdrawn; and what it does to the cases that are open.

use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;
use evenhand::demo;
use sqlx::AssertSqlSafe;

use crate::support::app::House;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

pub fn pack(slug: &str) -> &'static str {
    demo::cast::CAST.iter().find(|(cast, _)| cast.slug == slug).expect("a landlord of the demonstration").0.pack
}

/// The landlord's pack with one passage put differently.
pub fn changed(slug: &str, passage: &str, by: &str) -> String {
    assert_eq!(pack(slug).matches(passage).count(), 1, "{passage}");
    pack(slug).replace(passage, by)
}

/// West Kent's, with appeals answered in ten working days.
fn quicker() -> String {
    changed("west-kent", "decide-within = { value = \"20 working days\"", "decide-within = { value = \"10 working days\"")
}

/// The policy owner pastes the text; the page of the draft.
async fn brought(house: &House, slug: &str, text: &str) -> (Visitor, Page) {
    let mut owner = house.sign_in(&format!("policy@{slug}")).await;
    let page = owner.see("/policy/versions/new").await;
    let page = owner.save(&page.fill(&[("pack", text), ("note", "Customers wait too long.")])).await;
    (owner, page)
}

/// The owner asks for it from a day, and a director confirms it; its address.
pub async fn published(house: &House, slug: &str, text: &str, from: &str) -> String {
    let (mut owner, page) = brought(house, slug, text).await;
    let page = owner.save(&page.fill(&[("starts_on", from)]).ticked("read", &["yes"])).await;
    let at = page.address().to_owned();
    let mut director = house.sign_in(&format!("director@{slug}")).await;
    let page = director.see(&at).await;
    let page = director.save(&page.form(&format!("{at}/publication"))).await;
    assert!(page.says("Published."), "{}", page.text());
    at
}

async fn sql(house: &House, sql: &str) -> Result<u64, String> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut house.owner().await).await;
    done.map(|done| done.rows_affected()).map_err(|error| {
        error.as_database_error().and_then(|error| error.constraint().map(str::to_owned)).unwrap_or_else(|| error.to_string())
    })
}

pub async fn ask<T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>>(house: &House, sql: &str) -> T {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut house.owner().await).await.expect("an answer")
}

#[tokio::test]
async fn two_people_publish_a_version_and_it_takes_effect_on_its_day() {
    let house = House::empty_cast().await;
    let (mut owner, draft) = brought(&house, "west-kent", &quicker()).await;
    assert!(draft.says("Version 2 is a draft") && draft.says("1 differs from version 1"), "{}", draft.text());
    assert!(draft.says("10 working days") && draft.says("20 working days") && draft.says("Customers wait too long."), "{}", draft.text());
    let asked = owner.save(&draft.fill(&[("starts_on", "2027-03-22")]).ticked("read", &["yes"])).await;
    let at = asked.address().to_owned();
    assert!(asked.says("waits for a second person"), "{}", asked.text());

    let told = house.drain_outbox().await;
    assert_eq!(told.len(), 2, "the two directors are told: {told:?}");
    assert!(told.iter().all(|(to, about)| to.starts_with("director") && about.contains("second person")), "{told:?}");

    let refused = owner.post(&format!("{at}/publication"), &[("version", "2")]).await;
    assert_eq!(refused.status(), 403);
    assert!(refused.says("You asked for this version") && refused.says("Here that is"), "{}", refused.text());

    let mut director = house.sign_in("director@west-kent").await;
    let page = director.see(&at).await;
    let form = page.form(&format!("{at}/publication"));
    let page = director.save(&form).await;
    assert!(page.heading().contains("takes effect on"), "{}", page.heading());
    let again = director.save(&form).await;
    assert!(again.says("Published.") && !again.says("Nothing you sent was saved"), "a second press: {}", again.text());
    assert_eq!(ask::<i64>(&house, "select count(*) from event where kind = 'policy-published' and details::text like '%2027%'").await, 1);

    let mut adviser = house.sign_in("adviser@west-kent").await;
    assert!(adviser.see("/policy").await.says("Within 20 working days"));
    house.at("2027-03-22T00:30:00Z");
    let mut adviser = house.sign_in("adviser@west-kent").await;
    let page = adviser.see("/policy").await;
    assert!(page.says("Within 10 working days"), "{}", page.text());
    let mut director = house.sign_in("director@west-kent").await;
    let history = director.see("/policy/history").await;
    assert_eq!(history.heading(), "Version 2 of the policy is in force");
    for words in ["Version 2 brought as a draft", "Version 2 checked, and asked for from", "Version 2 published, in force from"] {
        assert!(history.says(words), "{words}: {}", history.text());
    }
}

#[tokio::test]
async fn a_day_gone_by_an_unread_check_and_the_same_words_twice_are_refused_with_what_was_typed() {
    let house = House::empty_cast().await;
    let (mut owner, draft) = brought(&house, "west-kent", &quicker()).await;
    let page = owner.submit(&draft.fill(&[("starts_on", "2027-03-09")]).ticked("read", &["yes"])).await;
    assert_eq!((page.status(), page.form(&format!("{}/request", draft.address())).value("starts_on")), (422, "2027-03-09"));
    assert!(page.error("starts_on").is_some_and(|why| why.contains("today or later")), "{:?}", page.summary());
    let page = owner.submit(&draft.fill(&[("starts_on", "2020-01-01")])).await;
    assert_eq!(page.summary().len(), 2, "the tick and the day at once: {:?}", page.summary());
    let page = owner.submit(&draft.fill(&[("starts_on", "2027-03-11")])).await;
    assert!(page.status() == 422 && page.error("read").is_some(), "{:?}", page.summary());
    let page = owner.see("/policy/versions/new").await;
    let page = owner.submit(&page.fill(&[("pack", &quicker())])).await;
    assert!(page.status() == 422 && page.error("pack").is_some_and(|why| why.contains("Version 2 says the same")), "{:?}", page.summary());
}

#[tokio::test]
async fn another_landlords_policy_is_a_draft_only_once_somebody_says_that_it_is_ours() {
    let house = House::empty_cast().await;
    let mut owner = house.sign_in("policy@one-manchester").await;
    let page = owner.see("/policy/versions/new").await;
    assert!(!page.body().contains("name=\"ours\""), "nobody is asked before");
    let page = owner.submit(&page.fill(&[("pack", pack("alliance-homes"))])).await;
    let why = page.error("ours").unwrap_or_default();
    assert!(page.status() == 422 && why.contains("the policy of Alliance Homes, and this is One Manchester"), "{:?}", page.summary());
    assert_eq!(ask::<i64>(&house, "select count(*) from policy_version where number > 1").await, 0);
    let draft = owner.save(&page.fill(&[("note", "It is ours.")]).ticked("ours", &["yes"])).await;
    assert!(draft.says("Version 2 is a draft"), "{}", draft.text());
    assert!(draft.says("and without one no review is held."), "before it is asked for: {}", draft.text());
    let other = pack("alliance-homes").replacen("landlord = \"Alliance Homes\"", "landlord = \"The One Manchester Group\"", 1);
    let page = owner.see("/policy/versions/new").await;
    let page = owner.save(&page.fill(&[("pack", &other)])).await;
    assert!(page.says("Version 3 is a draft"), "the same by another form of its name: {}", page.text());
}

#[tokio::test]
async fn every_fault_of_a_file_is_listed_with_its_line_and_nothing_typed_is_lost() {
    let house = House::empty_cast().await;
    let mut owner = house.sign_in("policy@west-kent").await;
    let bad = quicker()
        .replace("usual = { value = \"6 months\", stated", "usuall = { value = \"6 months\", stated")
        .replace("longest = { value = \"12 months\"", "longest = { value = \"minus three\"");
    let blank = owner.see("/policy/versions/new").await;
    let page = owner.submit(&blank.fill(&[("pack", &bad), ("note", "A note.")])).await;
    assert_eq!(page.status(), 422, "{}", page.text());
    let lines = page.all("table tbody tr");
    assert!(lines.len() >= 2, "{lines:?}");
    let line_of = |words: &str| bad.lines().position(|line| line.contains(words)).expect("the line") + 1;
    for words in ["usuall", "minus three"] {
        assert!(lines.iter().any(|line| line.starts_with(&line_of(words).to_string())), "{words}: {lines:?}");
    }
    let kept = page.fill(&[("note", "A note.")]);
    assert_eq!(kept.value("pack").trim(), bad.trim());
    assert_eq!(ask::<i64>(&house, "select count(*) from policy_version where number > 1").await, 0);
}

/// The same form with a chosen file, as a browser sends it.
fn with_a_file(id: &str, file: &[u8]) -> Request<Body> {
    let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{id}\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.toml\"\r\nContent-Type: application/octet-stream\r\n\r\n").into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x\r\nContent-Disposition: form-data; name=\"pack\"\r\n\r\n\r\n--x--\r\n");
    Request::post("/policy/versions/new")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("a request")
}

#[tokio::test]
async fn a_chosen_file_is_read_and_one_that_is_no_text_too_large_or_broken_is_said_to_be() {
    let house = House::empty_cast().await;
    let mut owner = house.sign_in("policy@west-kent").await;
    let id = owner.see("/policy/versions/new").await.fill(&[("note", "")]).value("id").to_owned();
    for (file, status, says) in [
        (&b"\xff\xfe\x00p"[..], 422, "not text"),
        (b"", 422, "Choose the file"),
        (b"[document", 422, "line"),
        (&[b'#'; 1_200_000][..], 422, "at most 1 MB"),
        (&[b'#'; 2_100_000][..], 413, "at most 1 MB"),
    ] {
        let page = owner.send(with_a_file(&id, file)).await;
        assert_eq!(page.status(), status, "{says}: {}", page.text().chars().take(400).collect::<String>());
        assert!(page.body().to_lowercase().contains(&says.to_lowercase()), "{says}: {:?}", page.summary());
    }
    let cut_short = Request::post("/policy/versions/new")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n[docu"))
        .expect("a request");
    assert_eq!(owner.send(cut_short).await.status(), 400);
    let page = owner.send(with_a_file(&id, format!("\u{feff}{}", quicker()).as_bytes())).await;
    assert_eq!(page.status(), 303, "{}", page.text());
    assert!(owner.follow(&page).await.says("Version 2 is a draft"));
    let again = owner.send(with_a_file(&id, quicker().as_bytes())).await;
    assert!(again.status() == 303 && owner.follow(&again).await.says("Brought already."), "a second press finds it there");
}

#[tokio::test]
async fn a_published_version_never_changes_and_what_is_in_force_is_never_withdrawn() {
    let house = House::empty_cast().await;
    let at = published(&house, "west-kent", &quicker(), "2027-03-22").await;
    for change in ["pack = pack || ' '", "lapses = not lapses", "title = 'Another'", "note = null", "number = 9"] {
        let refused = sql(&house, &format!("update policy_version set {change} where number = 2")).await;
        assert_eq!(refused, Err("policy_version_words_stay".to_owned()), "{change}, even by the owner of the table");
    }
    for change in ["starts_on = '2027-03-11'", "stage = 'draft', starts_on = null", "published_by = added_by"] {
        let refused = sql(&house, &format!("update policy_version set {change} where number = 2")).await;
        assert!(refused.is_err(), "{change}");
    }
    let mut other = house.sign_in("director2@west-kent").await;
    let page = other.post(&format!("{at}/withdrawal"), &[("version", "3"), ("because", "No.")]).await;
    assert!(page.status() == 403 && page.says("One of the two who published it withdraws it"), "{}", page.text());
    house.at("2027-03-22T09:00:00Z");
    let mut director = house.sign_in("director@west-kent").await;
    let page = director.post(&format!("{at}/withdrawal"), &[("version", "3"), ("because", "Too late.")]).await;
    assert!(page.status() == 403 && page.says("What has taken effect is not withdrawn"), "{}", page.text());
    let late = "update policy_version set stage = 'withdrawn', withdrawn_at = '2027-03-22 00:00+00', withdrawn_by = added_by, \
                withdrawn_because = 'x' where number = 2";
    assert_eq!(sql(&house, late).await, Err("policy_version_withdrawn_before_its_day".to_owned()));
}

#[tokio::test]
async fn a_version_is_withdrawn_before_its_day_with_a_reason_and_never_takes_effect() {
    let house = House::empty_cast().await;
    let at = published(&house, "west-kent", &quicker(), "2027-03-22").await;
    let mut director = house.sign_in("director@west-kent").await;
    let page = director.see(&at).await;
    let empty = director.submit(&page.form(&format!("{at}/withdrawal"))).await;
    assert!(empty.status() == 422 && empty.error("because").is_some(), "{:?}", empty.summary());
    let page = director.save(&page.fill(&[("because", "The residents’ panel has not seen it.")])).await;
    assert!(page.says("was withdrawn") && page.says("residents’ panel"), "{}", page.text());
    house.at("2027-03-23T09:00:00Z");
    let mut adviser = house.sign_in("adviser@west-kent").await;
    assert!(adviser.see("/policy").await.says("Within 20 working days"));
    assert_eq!(sql(&house, "update policy_version set stage = 'published' where number = 2").await, Err("policy_version_stays".to_owned()));
}

#[tokio::test]
async fn a_version_that_waited_while_another_came_says_what_it_takes_back_and_is_confirmed_by_whoever_read_it() {
    let house = House::empty_cast().await;
    let (mut owner, page) = brought(&house, "west-kent", &quicker()).await;
    let at = owner.save(&page.fill(&[("starts_on", "2027-03-22")]).ticked("read", &["yes"])).await.address().to_owned();
    let mut director = house.sign_in("director2@west-kent").await;
    assert!(!director.see(&at).await.says("came into force since"), "nothing came between yet");
    house.wait(TimeDelta::minutes(10));
    let other = changed("west-kent", "longest = { value = \"12 months\"", "longest = { value = \"6 months\"");
    published(&house, "west-kent", &other, "2027-03-10").await;

    let page = director.see(&at).await;
    assert!(
        page.says("Version 3 came into force since this was brought") && page.says("Confirming version 2 takes back"),
        "{}",
        page.text()
    );
    assert!(page.says("Longest before it is decided again") && page.says("Now: 6"), "{}", page.text());
    let form = page.form(&format!("{at}/publication"));
    let refused = director.submit(&form).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.error("takes_back").is_some_and(|error| error.contains("version 3 came into force")), "{:?}", refused.summary());
    let page = director.save(&refused.form(&format!("{at}/publication")).ticked("takes_back", &["yes"])).await;
    assert!(page.says("Published."), "{}", page.text());
}

#[tokio::test]
async fn of_two_who_confirm_at_once_one_does_and_the_database_knows_two_people() {
    let house = House::empty_cast().await;
    let (mut owner, page) = brought(&house, "west-kent", &quicker()).await;
    let at = owner.save(&page.fill(&[("starts_on", "2027-03-22")]).ticked("read", &["yes"])).await.address().to_owned();
    let (mut one, mut other) = (house.sign_in("director@west-kent").await, house.sign_in("director2@west-kent").await);
    let fields = [("version", "2")];
    let address = format!("{at}/publication");
    let (first, second) = tokio::join!(one.post(&address, &fields), other.post(&address, &fields));
    let mut both = [first.status(), second.status()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    let alone = "insert into policy_version (landlord_id, id, number, title, pack, lapses, suspends, added_at, stage, starts_on, checked_at, checked_by, published_at, published_by)
                 select landlord_id, gen_random_uuid(), 7, title, pack, lapses, suspends, added_at, 'published', starts_on, checked_at, checked_by, published_at, checked_by
                   from policy_version where number = 2";
    assert_eq!(sql(&house, alone).await, Err("policy_version_two_people".to_owned()));
}

#[tokio::test]
async fn another_landlords_version_is_not_there_and_a_manager_is_told_who_looks_after_the_policy() {
    let house = House::empty_cast().await;
    let (_, draft) = brought(&house, "west-kent", &quicker()).await;
    let mut theirs = house.sign_in("policy@one-manchester").await;
    for more in ["", "/cases"] {
        assert_eq!(theirs.get(&format!("{}{more}", draft.address())).await.status(), 404);
    }
    assert!(!theirs.see("/policy/history").await.says("Version 2"));
    let mut manager = house.sign_in("manager@west-kent").await;
    let page = manager.get(draft.address()).await;
    assert!(page.status() == 403 && page.says("directors and the policy owner"), "{}", page.text());
}

#[tokio::test]
async fn anybody_reads_the_policy_in_force_and_nothing_else() {
    let house = House::empty_cast().await;
    let mut nobody = house.visitor();
    let page = nobody.see("/policies/west-kent").await;
    assert_eq!(page.header("cache-control"), Some("public, max-age=300"));
    assert_eq!(page.set_cookies(), Vec::<&str>::new());
    for words in ["What always stays open", "If you disagree", "Housing Ombudsman", "you can always"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    for inside in ["Stated in the policy", "Reading chosen by", "head-of-service", "policy owner"] {
        assert!(!page.says(inside), "{inside}");
    }
    brought(&house, "west-kent", &quicker()).await;
    assert!(nobody.see("/policies/west-kent").await.says("We answer within 20 working days"), "a draft is nobody's business");
    for wrong in ["/policies/nobody", "/policies/West%20Kent", "/policies/%27--", "/policies/"] {
        assert_eq!(nobody.get(wrong).await.status(), 404, "{wrong}");
    }
}

#[tokio::test]
async fn the_owner_sees_where_every_value_comes_from_chapter_by_chapter() {
    let house = House::empty_cast().await;
    let mut owner = house.sign_in("policy@west-kent").await;
    let page = owner.see("/policy/settings").await;
    let chapters: Vec<String> =
        page.links().into_iter().map(|(_, href)| href).filter(|href| href.starts_with("/policy/settings/")).collect();
    assert!(chapters.len() >= 15, "{chapters:?}");
    for chapter in &chapters {
        let page = owner.see(chapter).await;
        assert!(!page.all("tbody tr").is_empty(), "{chapter}: {}", page.text());
    }
    let reviews = owner.see("/policy/settings/reviews").await;
    assert!(
        reviews.says("Reading chosen by the policy owner") && reviews.says("reviews.intervals") && reviews.says("Stated"),
        "{}",
        reviews.text()
    );
    assert_eq!(owner.get("/policy/settings/nothing").await.status(), 404);
}
