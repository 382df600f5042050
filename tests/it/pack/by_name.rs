//! Several measures of one kind, each under the landlord's own name: from the tile through who decides to the letter and the answer.

use chrono::TimeDelta;

use crate::journey::case::{Case, Invented};
use crate::journey::invented::SALTMARSH;

/// Saltmarsh with somebody in the chair: two sign for every promise, and the Chair for the garden rota.
const WITH_A_CHAIR: Invented = Invented {
    pack: include_str!("../../packs/saltmarsh.toml"),
    posts: &[
        ("adviser", "frontline", &["office-worker"]),
        ("officer", "frontline", &["estate-warden"]),
        ("manager", "manager", &["committee-officer", "coordinator"]),
        ("manager2", "head", &["stocktaker"]),
        ("head", "director", &["chair"]),
        ("director", "director", &["signing-officer"]),
        ("director2", "director", &["signing-officer"]),
        ("policy", "policy-owner", &["secretary", "objections-member"]),
        ("admin", "administrator", &["records-keeper"]),
    ],
};

const CHOSEN: [&str; 3] = ["appointment-only_office-by-appointment", "other_no-parcels", "other_garden-rota"];

#[tokio::test]
async fn measures_of_one_kind_go_by_the_landlords_own_names_from_the_tile_to_the_letter() {
    let case = Case::invented(&WITH_A_CHAIR).await;
    case.warned_of(&SALTMARSH).await;
    case.house.wait(TimeDelta::days(2));
    let incident = case.incident(SALTMARSH.behaviour).await;
    case.decided(&incident, "more", "It has not stopped.").await;
    let at = case.proposal(&incident).await;
    let mut manager = case.person("manager").await;

    let page = manager.see(&format!("{at}/terms")).await;
    assert!(page.says("The office by appointment") && page.says("The warden's round by appointment"), "{}", page.text());
    let form = page.fill(&[
        ("appointment-only_office-by-appointment-with", "the office"),
        ("other_no-parcels-words", "Please have nothing delivered to our office."),
        ("other_garden-rota-words", "Your turn in the garden comes by letter."),
        ("ends_on", "2027-09-01"),
    ]);
    let form = form.ticked("measure", &CHOSEN).ticked("appointment-only_office-by-appointment-channels", &["person"]);
    let soonest = form.offers("review_on").into_iter().find(|day| !day.is_empty()).expect("a day");
    let form = form.with("review_on", &soonest);
    manager.save(&form).await;
    let check = manager.see(&format!("{at}/check")).await;
    assert!(check.says("Give the reason for this measure by itself: The garden rota by letter"), "{}", check.text());
    assert!(check.says("The garden rota by letter: confirm this first. The member keeps their turn in the garden"), "{}", check.text());

    let page = manager.see(&format!("{at}/terms")).await;
    let form = page.fill(&[("why:garden-rota", "He took the board down twice."), ("guard:garden-rota", "yes")]);
    manager.save(&form.with("review_on", &soonest)).await;
    case.sent(&mut manager, &at).await;
    assert_eq!(case.count("term where measure in ('office-by-appointment', 'no-parcels', 'garden-rota')").await, 3);

    let approval = at.replace("/proposals/", "/approvals/");
    let mut chair = case.person("head").await;
    let waiting = chair.see("/approvals").await;
    assert!(waiting.says("The garden rota by letter, no parcels at the office and the office by appointment"), "{}", waiting.text());
    let page = chair.see(&approval).await;
    assert!(page.says("“The garden rota by letter” has an approver of its own."), "{}", page.text());
    for account in ["director", "director2"] {
        case.approved(&approval, account).await;
        assert!(case.answer().await.contains("as normal"), "not before the Chair");
    }
    case.approved(&approval, "head").await;

    assert_eq!(case.answer().await, "No parcels at the office: Please have nothing delivered to our office.");
    let mut officer = case.person("officer").await;
    let card = officer.see(&format!("/customers/{}/contact?channel=person", case.reference)).await.text();
    for words in ["The garden rota by letter", "Your turn in the garden comes by letter.", "The office by appointment"] {
        assert!(card.contains(words), "no «{words}» in {card}");
    }
    let letter = manager.see(&case.letters().await[0]).await.all("article.letter").join(" ");
    for words in [
        "No parcels at the office: Please have nothing delivered to our office.",
        "The garden rota by letter: Your turn in the garden comes by letter.",
        "The office by appointment: ",
    ] {
        assert!(letter.contains(words), "no «{words}» in {letter}");
    }

    // The rota names who looks at it again, instead of the stocktaker.
    let asked = case.count("task where kind = 'review' and done_at is null and 'objections-member' = any (for_roles)").await;
    assert_eq!(asked, 1, "whom the measure names is asked");
    let reviews = manager.see("/reviews").await;
    let (_, at) = reviews.links().into_iter().find(|(_, href)| href.starts_with("/reviews/")).expect("the review");
    let page = case.person("manager2").await.see(&at).await;
    assert!(page.says("Objections Member") && !page.says("What do you decide?"), "{}", page.text());
}
