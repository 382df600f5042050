//! A landlord that is reached through an online form and a chat as well (`people.channels`), and a measure that leaves letters and the form
//! only (`measures.offered.leaves`).

use crate::journey::case::{Case, Invented};
use crate::journey::invented::TOLDERVALE;
use crate::support::app::landlord;
use crate::support::page::Page;

/// Toldervale's people, with somebody in each post that decides on such a measure.
fn toldervale() -> Invented {
    let usual = TOLDERVALE.invented.expect("a landlord made up");
    Invented {
        pack: usual.pack,
        posts: &[
            ("adviser", "frontline", &["contact-adviser"]),
            ("officer", "head", &["head-assurance"]),
            ("manager", "manager", &["team-leader", "service-manager"]),
            ("manager2", "head", &["safeguarding-lead"]),
            ("head", "head", &["head-neighbourhoods"]),
            ("director", "director", &["director-customer", "managing-director"]),
            ("director2", "director", &["director-resources"]),
            ("policy", "policy-owner", &["governance-lead"]),
            ("admin", "administrator", &["platform-admin"]),
        ],
    }
}

fn plain(page: &Page) -> String {
    page.text().replace('\u{a0}', " ")
}

async fn heading(case: &Case, way: &str) -> String {
    let page = case.person("adviser").await.see(&format!("/customers/{}/contact?channel={way}", case.reference)).await;
    page.all("h2#answer").first().cloned().expect("an answer")
}

/// The manager asks for letters and the form only; who is asked agrees, and it is in force: where it is.
async fn letters_and_the_form() -> (Case, String) {
    let case = Case::invented(&toldervale()).await;
    // The adviser's own manager proposes it, so another one is asked.
    let another =
        "update staff set manager_id = (select s.id from staff s where s.landlord_id = staff.landlord_id and s.email like 'officer@%')
                    where email like 'adviser@%' and landlord_id = $1";
    sqlx::query(another).bind(landlord(case.slug).0).execute(&mut case.house.owner().await).await.expect("she may have another manager");
    case.warned_of(&TOLDERVALE).await;
    let at = case.again(TOLDERVALE.behaviour).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/terms")).await;
    let closes =
        "Letters and online forms stay open. Phone, email, text messages, chats, meetings, home visits and social media close, except";
    assert!(page.says(closes), "{}", page.text());
    let form = page.fill(&[("ends_on", "2027-09-01"), ("why:end-direct-contact", "Nothing less would be enough.")]);
    let soonest = form.offers("review_on").into_iter().find(|day| !day.is_empty()).expect("an interval");
    manager.save(&form.ticked("measure", &["end-direct-contact"]).with("review_on", &soonest)).await;
    case.sent(&mut manager, &at).await;
    let approval = at.replace("/proposals/", "/approvals/");
    case.viewed(&approval, "manager2").await;
    case.viewed(&approval, "officer").await;
    case.approved(&approval, "head").await;
    case.approved(&approval, "director").await;
    (case, at.replace("/proposals/", "/restrictions/"))
}

/// policy-pack.md 7: what a measure leaves is the landlord's, and the letter, the answer and the database say the same of it.
#[tokio::test]
async fn letters_and_the_web_form_are_what_is_left_and_the_letter_promises_no_email() {
    let (case, restriction) = letters_and_the_form().await;
    let letter = plain(&case.person("manager").await.see(&case.letters().await[0]).await);
    assert!(letter.contains("Please contact us only by letter or online form, unless it is an emergency, a repair or"), "{letter}");
    assert!(!letter.contains("by letter or email"), "{letter}");
    let page = case.person("manager").await.see(&restriction).await;
    assert!(page.says("Letters and online forms only."), "{}", page.text());

    assert_eq!(heading(&case, "writing").await, "Write by letter or online form only. Emails and text messages are closed.");
    assert_eq!(heading(&case, "chat").await, "Do not continue this chat, unless it is an emergency or a repair.");
    let call = case.person("adviser").await.see(&format!("/customers/{}/contact?channel=phone", case.reference)).await;
    assert!(call.says("Say how to reach us instead: by letter or by online form"), "{}", call.text());

    // Mr Ashworth sends the form.
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/customers/{}/contacts/new?channel=writing", case.reference)).await;
    let form = page.fill(&[("channel", "online"), ("purpose", "other"), ("manner", "calm"), ("summary", "When is the lift mended?")]);
    assert!(adviser.save(&form).await.says("Contact saved."));
    let check = adviser.see(&format!("/customers/{}/contact?channel=writing", case.reference)).await;
    assert!(check.says("Online account or form, calm"), "{}", check.text());

    // He asks for a second look the same way.
    let id = restriction.trim_start_matches("/restrictions/");
    let mut director = case.person("head").await;
    let blank = director.see(&format!("/appeals/new?restriction={id}")).await;
    let form = blank.fill(&[("received_via", "online"), ("grounds", "He never shouted.")]).ticked("listed", &["1"]);
    assert!(form.offers("received_via").contains(&"chat".to_owned()), "{:?}", form.offers("received_via"));
    let appeal = director.save(&form).await;
    assert!(plain(&appeal).contains("by online form, written down by"), "{}", appeal.text());
}

/// What one landlord has is no business of another: nobody at West Kent reads of a form or a chat.
#[tokio::test]
async fn a_landlord_that_names_neither_never_sees_them() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let contact = format!("/customers/{}/contact", case.reference);
    let check = adviser.see(&format!("{contact}?channel=writing")).await;
    let ways = check.all("nav[aria-label='How is the contact being made?'] li");
    assert_eq!(ways.iter().map(|way| way.trim()).collect::<Vec<_>>(), ["Phone", "In writing", "In person", "Home visit", "Social media"]);
    let log = format!("/customers/{}/contacts/new", case.reference);
    let blank = adviser.see(&format!("{log}?channel=writing")).await;
    let seven = ["phone", "email", "text", "letter", "person", "visit", "social"];
    let form = blank.fill(&[("purpose", "other"), ("manner", "calm"), ("summary", "When is the lift mended?")]);
    assert_eq!((form.value("channel"), form.offers("channel")), ("email", seven.map(str::to_owned).to_vec()));
    let forged = adviser.submit(&form.forged("channel", "chat")).await;
    assert_eq!((forged.status(), forged.error("channel").as_deref()), (422, Some("Choose how the contact was made")));
    let incident = adviser.see(&format!("/customers/{}/incidents/new", case.reference)).await;
    assert_eq!(incident.fill(&[("about", "a tap")]).offers("channel"), seven);
}

/// Where a policy names no visits, somebody may have to go to a door all the same.
#[tokio::test]
async fn staff_are_asked_about_the_ways_the_policy_names_and_about_home_visits() {
    let channels = (
        "channels = { value = [\"phone\", \"email\", \"text\", \"letter\", \"person\", \"visit\", \"social\"]",
        "channels = { value = [\"phone\", \"letter\", \"chat\"]",
    );
    let ends = ("kind = \"end-direct-contact\"\n", "kind = \"end-direct-contact\"\nleaves = [\"letter\", \"chat\"]\n");
    let case = Case::under("west-kent", &[channels, ends]).await;
    let mut adviser = case.person("adviser").await;
    let check = adviser.see(&format!("/customers/{}/contact?channel=chat", case.reference)).await;
    let ways = check.all("nav[aria-label='How is the contact being made?'] li");
    assert_eq!(ways.iter().map(|way| way.trim()).collect::<Vec<_>>(), ["Phone", "In writing", "Chat", "Home visit"]);
    assert_eq!(heading(&case, "chat").await, "Reply as normal.");
    let log = adviser.click(&check, "Log this contact").await;
    assert_eq!(log.fill(&[("manner", "calm")]).value("channel"), "chat");
    let visit = adviser.see(&format!("/customers/{}/contacts/new?channel=visit", case.reference)).await;
    assert_eq!(visit.fill(&[("manner", "calm")]).value("channel"), "", "somebody chooses: a visit is not among them");
}
