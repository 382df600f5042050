//! Who else is told of a letter (`letters.copies`): Ida Bell, who speaks for Mr Ashworth; the teams; contractors; the owner of the homes.

use chrono::TimeDelta;

use super::deciding::{restricted, waiting};
use crate::journey::case::{Case, GROUNDS, SIDE};
use crate::journey::thread::in_force;
use crate::journey::way::ONE_MANCHESTER;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const COPIES: (&str, &str) = (
    "\n[letters]\n",
    "\n[letters]\ncopies = [
  { letter = \"restriction-notice\", to = \"representative\", basis = \"He has agreed in writing\", source = { stated = \"8.4\" } },
  { letter = \"restriction-notice\", to = \"services\", summary = true, basis = \"They deal with him every day\", source = { stated = \"8.4\" } },
  { letter = \"restriction-notice\", to = \"contractors\", summary = true, basis = \"Our contract with them makes us\", source = { stated = \"8.4\" } },
  { letter = \"restriction-notice\", to = \"third-party\", summary = true, basis = \"They own the homes\", source = { stated = \"8.4\" } },
  { letter = \"lifted\", to = \"contractors\", summary = true, basis = \"What they were told has to be put right\", source = { stated = \"8.4\" } },
]\n",
);
const ONLY_THE_END: (&str, &str) = (
    "\n[letters]\n",
    "\n[letters]\ncopies = [
  { letter = \"lifted\", to = \"contractors\", summary = true, basis = \"What they were told has to be put right\", source = { stated = \"8.4\" } },
]\n",
);

/// Ida Bell may speak for him from before anything is decided.
async fn with_ida(case: &Case) {
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/customers/{}/adjustments", case.reference)).await;
    let form = page.form(&format!("/customers/{}/representatives", case.reference)).with("name", "Ida Bell").with("relation", "his sister");
    let page = adviser.save(&form).await;
    assert!(page.says("Ida Bell, his sister"), "{}", page.text());
}

/// His large print, as something to do; and why, which stays with us.
async fn with_a_need(case: &Case) {
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/customers/{}/adjustments", case.reference)).await;
    let form = page.form(&format!("/customers/{}/adjustments", case.reference));
    let page = adviser.save(&form.with("kind", "hearing").with("to_do", "Speak steadily and face him")).await;
    assert!(page.says("Adjustment saved."), "{}", page.text());
}

/// The notice letter with everything beside it.
async fn letter(case: &Case, who: &mut Visitor) -> Page {
    let at = case.letters().await[0].clone();
    who.see(&at).await
}

/// What is read behind the link of one recipient.
async fn told(who: &mut Visitor, letter: &Page, to: &str) -> Page {
    let (_, href) = letter.links().into_iter().find(|(text, href)| href.starts_with("/copies/") && text.contains(to)).expect("a link");
    who.see(&href).await
}

async fn under_way() -> (Case, String) {
    let (case, approval) = waiting(&[COPIES]).await;
    with_ida(&case).await;
    with_a_need(&case).await;
    case.approved(&approval, "manager2").await;
    case.house.drain_outbox().await;
    case.approved(&approval, "director").await;
    (case, approval.replace("/approvals/", "/restrictions/"))
}

#[tokio::test]
async fn everybody_the_policy_names_is_told_what_they_need_and_no_more() {
    let (case, _) = under_way().await;
    let mut director = case.person("director").await;
    let notice = letter(&case, &mut director).await;
    let words = notice.all("article.letter").concat();
    for basis in ["He has agreed in writing", "They deal with him every day", "Our contract with them makes us", "They own the homes"] {
        assert!(notice.says(&format!("Why they are told: {basis}.")), "{basis}: {}", notice.text());
    }

    let hers = told(&mut director, &notice, "Ida Bell").await;
    let copy = hers.all("article.letter").concat();
    assert!(copy.starts_with("Copy for Ida Bell, his sister This is a copy of our letter to Mr Colin Ashworth."), "{copy}");
    assert!(copy.contains("Why we may: He has agreed in writing.") && copy.ends_with(&words), "the letter itself, word for word");

    let theirs = told(&mut director, &notice, "Contractors").await.all("article.letter").concat();
    assert!(theirs.contains("How contact with Mr Colin Ashworth works now") && theirs.contains("Closed: phone."), "{theirs}");
    assert!(theirs.contains("4 Larch Row") && theirs.contains("The last day is"), "{theirs}");
    assert!(theirs.contains("Speak steadily and face him") && theirs.contains("We will tell you if it ends"), "{theirs}");
    assert!(!theirs.contains("once a week") && !theirs.contains("1 email"), "how many emails we answer is nothing to them: {theirs}");
    let owner = told(&mut director, &notice, "Somebody outside").await.all("article.letter").concat();
    assert!(!owner.contains("4 Larch Row") && !owner.contains("We will tell you if it ends"), "{owner}");
    let teams = told(&mut director, &notice, "Customer services").await.all("article.letter").concat();
    assert!(teams.contains("Why we tell you They deal with him every day."), "{teams}");
    for notice in [&theirs, &owner, &teams] {
        for private in [GROUNDS, SIDE, "shouted", "park", "hearing", "Hearing", "abus"] {
            assert!(!notice.contains(private), "«{private}» is nobody else's: {notice}");
        }
    }
}

#[tokio::test]
async fn teams_with_a_mailbox_are_written_to_without_a_name_and_the_others_are_told_by_hand() {
    let (case, approval) = waiting(&[COPIES]).await;
    let silent = "update team set email = null where name = 'Leadership'";
    sqlx::query(silent).execute(&mut case.house.owner().await).await.expect("a team can be without");
    case.approved(&approval, "manager2").await;
    case.house.drain_outbox().await;
    case.approved(&approval, "director").await;
    let sql = "select to_address, subject || ' ' || body_text from outbox where to_address like '%services@%' or to_address like 'housing@%' or to_address like 'leadership@%' order by 1";
    let mail: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&mut case.house.owner().await).await.expect("the outbox");
    let to: Vec<&str> = mail.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["customer-services@west-kent.example", "housing@west-kent.example"]);
    for (_, words) in &mail {
        assert!(words.contains("/copies/") && words.contains("Why you are told: They deal with him every day."), "{words}");
        assert!(!words.contains("Ashworth") && !words.contains("Larch"), "no name in an email: {words}");
    }
    let mut director = case.person("director").await;
    let notice = letter(&case, &mut director).await;
    assert!(notice.says("by email to Customer services and Housing."), "{}", notice.text());
    assert!(told(&mut director, &notice, "Leadership").await.says("Waiting to be sent"));
    assert!(notice.says("Nobody may speak for Mr Ashworth on the record."), "{}", notice.text());
    let timeline = case.timeline().await.join("\n");
    assert!(timeline.contains("not told") && timeline.contains("Nobody may speak for Mr Ashworth on the record."), "{timeline}");
    assert!(timeline.contains("notice sent to Customer services and Housing"), "{timeline}");
}

#[tokio::test]
async fn what_goes_by_hand_is_asked_of_somebody_printed_and_noted_once_with_the_day_and_to_whom() {
    let (case, _) = under_way().await;
    let mut director = case.person("director").await;
    assert!(director.see("/my-work?kind=copy").await.says("notice, to Contractors who visit the customer"));
    let notice = letter(&case, &mut director).await;
    let page = told(&mut director, &notice, "Contractors").await;
    let (_, print) = page.links().into_iter().find(|(_, href)| href.contains("/print")).expect("a sheet");
    assert!(director.see(&print).await.says("How contact with Mr Colin Ashworth works now"));

    let form = page.fill(&[("via", "post"), ("sent_to", "Axis Repairs, Ms Okoro"), ("sent_on", "2027-03-12")]);
    let wrong = [
        ("sent_to", form.clone().with("sent_to", " "), "Enter to whom it went"),
        ("sent_on", form.clone().with("sent_on", "2027-03-13"), "not in the future"),
        ("sent_on", form.clone().with("sent_on", "2027-03-01"), "the day it was made"),
        ("via", form.clone().without("via"), "Choose how it went"),
    ];
    for (field, form, sentence) in wrong {
        let page = director.submit(&form).await;
        assert_eq!(page.status(), 422, "{sentence}: {}", page.text());
        assert!(page.error(field).is_some_and(|error| error.contains(sentence)), "{sentence}: {:?}", page.summary());
        assert!(field == "sent_to" || page.body().contains("Axis Repairs, Ms Okoro"), "what was typed is kept");
    }
    let page = director.save(&form).await;
    assert!(page.says("Marked as sent.") && page.says("by post to Axis Repairs, Ms Okoro."), "{}", page.text());
    assert!(director.save(&form).await.says("Marked already."));
    assert_eq!(case.count("letter_copy where sent_to = 'Axis Repairs, Ms Okoro'").await, 1);
    assert_eq!(case.count("event where kind = 'copy-sent' and details ->> 'to' = 'Axis Repairs, Ms Okoro'").await, 1);
    let open = "task t join letter_copy k on k.id = t.subject_id where k.recipient = 'contractors' and t.done_at is null";
    assert_eq!(case.count(open).await, 0);
    assert!(case.timeline().await.join("\n").contains("notice sent to Axis Repairs, Ms Okoro"));
}

#[tokio::test]
async fn whoever_was_told_of_a_restriction_is_told_of_its_end() {
    let (case, restriction) = under_way().await;
    case.house.wait(TimeDelta::days(3));
    let mut manager = case.person("manager2").await;
    let page = manager.see(&format!("{restriction}/end")).await;
    let page = manager.save(&page.fill(&[("reason", "He has moved away, after what he said on 3 March.")])).await;
    let ended = told(&mut manager, &page, "Contractors").await.all("article.letter").concat();
    assert!(ended.contains("Contact with Mr Colin Ashworth is as normal") && ended.contains("ended on 15"), "{ended}");
    assert!(ended.contains("Destroy what you kept") && !ended.contains("moved away") && !ended.contains("Larch"), "{ended}");
    assert_eq!(case.count("letter_copy where recipient <> 'contractors' and why_not is null").await, 3, "nobody else by this policy");
}

#[tokio::test]
async fn nobody_is_told_of_the_end_of_what_they_never_heard_of() {
    let (case, restriction) = restricted(&[ONLY_THE_END]).await;
    case.house.wait(TimeDelta::days(3));
    let mut manager = case.person("manager2").await;
    let page = manager.see(&format!("{restriction}/end")).await;
    let page = manager.save(&page.fill(&[("reason", "He has moved away.")])).await;
    assert!(page.says("They were told nothing that has ended."), "{}", page.text());
    assert_eq!(case.count("letter_copy where why_not is null").await, 0);
}

#[tokio::test]
async fn no_letter_is_made_with_a_copy_half_made() {
    let (case, approval) = waiting(&[COPIES]).await;
    case.approved(&approval, "manager2").await;
    let broken = "alter table letter_copy add constraint broken check (recipient <> 'third-party')";
    sqlx::query(broken).execute(&mut case.house.owner().await).await.expect("the owner may");
    let before = case.count("letter").await;
    let mut director = case.person("director").await;
    let page = director.see(&approval).await;
    let page = director.submit(&page.fill(&[("decision", "approve"), ("reason", "It leaves him email.")])).await;
    assert_eq!(page.status(), 500, "{}", page.text());
    assert_eq!((case.count("letter").await, case.count("letter_copy").await), (before, 0));
    assert_eq!(case.count("restriction where stage = 'in-force'").await, 0);
    assert!(case.answer().await.contains("as normal"));
}

#[tokio::test]
async fn om_16_one_manchester_tells_its_teams_and_contractors_and_tells_them_of_the_end() {
    let (case, restriction) = in_force(&ONE_MANCHESTER).await;
    let mut manager = case.person("manager").await;
    let notice = letter(&case, &mut manager).await;
    assert!(notice.says("Contractors who visit the customer") && notice.says("by email to Customer services, Housing and Leadership."));
    case.house.wait(TimeDelta::days(3));
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{restriction}/end")).await;
    let page = manager.save(&page.fill(&[("reason", "He has moved away.")])).await;
    for to in ["Contractors", "Customer services"] {
        assert!(told(&mut manager, &page, to).await.says("is as normal"), "{to}: {}", page.text());
    }
}
