//! The landlord's own lists before a decision: an approval, an appeal, a review, an end.

use chrono::TimeDelta;

use super::deciding::{restricted, waiting};
use crate::journey::case::Case;
use crate::support::page::{Filled, Page};
use crate::support::visitor::Visitor;

const MEASURES: &str = "\n[measures]\n";
const BLOCKS: &str = "list:gate.spoken";
const ADVISES: &str = "list:gate.told";

/// West Kent's policy with a list of two lines before these decisions: one holds them up, and one is only recorded.
fn gate(at: &str) -> String {
    format!(
        "\n[[checklists]]\nkey = \"gate\"\ntitle = \"At the gate\"\nat = [{at}]\nitems = [\n\
         {{ key = \"spoken\", ask = \"Was he invited to speak?\", blocking = true, source = {{ stated = \"9.1\" }} }},\n\
         {{ key = \"told\", ask = \"Do the teams know?\", blocking = false, source = {{ stated = \"9.1\" }} }},\n]{MEASURES}"
    )
}

/// Sent as it is and with a no, it is refused beside the line, and with what else is wrong; then it is answered.
async fn gone_through(who: &mut Visitor, form: Filled, also: &str) -> Page {
    let whole = form.value(also).to_owned();
    let bare = who.submit(&form.clone().with(also, " ")).await;
    assert_eq!(bare.status(), 422, "{}", bare.text());
    assert!(bare.error(also).is_some() && bare.error(BLOCKS).is_some(), "all at once: {:?}", bare.summary());
    assert!(bare.error(ADVISES).is_none(), "{:?}", bare.summary());
    let no = who.submit(&form.clone().with(BLOCKS, "no")).await;
    assert_eq!(no.status(), 422, "{}", no.text());
    assert_eq!(
        no.error(BLOCKS).as_deref().map(|error| error.contains("The policy asks for this first: Was he invited to speak?")),
        Some(true)
    );
    assert_eq!(no.fill(&[(BLOCKS, "yes")]).value(also).trim(), whole.trim(), "nothing typed is lost");
    let done = no.fill(&[(BLOCKS, "yes"), ("shown:gate.spoken", "Our letter of 2 March."), (ADVISES, "no")]);
    who.save(&done).await
}

async fn stands(case: &Case, at: &str) {
    let page = case.person("manager").await.see(at).await;
    for words in ["At the gate", "Was he invited to speak?", "Our letter of 2 March.", "Do the teams know?", "Not yet"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
}

#[tokio::test]
async fn a_blocking_line_holds_up_an_approval_and_neither_a_no_nor_a_question_back() {
    let list = gate("\"approval\"");
    let (case, approval) = waiting(&[(MEASURES, &list)]).await;
    let mut manager = case.person("manager2").await;
    let page = manager.see(&approval).await;
    assert!(page.says("At the gate") && page.says("Needed only if you approve."), "{}", page.text());
    let form = page.fill(&[("decision", "approve"), ("reason", "It is fair.")]);
    let page = gone_through(&mut manager, form, "reason").await;
    assert!(page.says("Approved"), "{}", page.text());
    stands(&case, &approval).await;
    let mut director = case.person("director").await;
    let page = director.see(&approval).await;
    let declined = director.save(&page.fill(&[("decision", "decline"), ("reason", "Not yet.")])).await;
    assert!(declined.says("Declined."), "{}", declined.text());
}

#[tokio::test]
async fn a_blocking_line_holds_up_the_answer_to_an_appeal() {
    let list = gate("\"appeal\"");
    let (case, restriction) = restricted(&[(MEASURES, &list)]).await;
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let appeal = adviser.save(&page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")])).await.address().to_owned();
    let mut other = case.person("director2").await;
    let form = other.see(&appeal).await.fill(&[("outcome", "uphold"), ("reasons", "It was right.")]);
    let page = gone_through(&mut other, form, "reasons").await;
    assert!(page.says("Decision recorded."), "{}", page.text());
    stands(&case, &appeal).await;
}

#[tokio::test]
async fn a_list_before_a_lifting_is_gone_through_at_a_review_that_ends_it_and_not_at_one_that_does_not() {
    let list = gate("\"lift\"");
    let (case, restriction) = restricted(&[(MEASURES, &list)]).await;
    case.house.wait(TimeDelta::days(60));
    let mut manager = case.person("manager2").await;
    let (_, review) = manager.see("/reviews").await.links().into_iter().find(|(_, href)| href.starts_with("/reviews/")).expect("one");
    let heard = [("view_how", "heard"), ("customers_view", "Fine."), ("reasons", "Calm months.")];
    let page = manager.see(&review).await;
    assert!(page.says("Needed only if it ends."), "{}", page.text());
    let form = page.fill(&[&heard[..], &[("outcome", "lift")]].concat());
    let page = gone_through(&mut manager, form, "reasons").await;
    assert!(page.says("Review recorded."), "{}", page.text());
    stands(&case, &review).await;
    assert!(case.person("manager").await.see(&restriction).await.says("has ended"));
}

#[tokio::test]
async fn an_early_end_waits_for_the_list_before_it_and_shows_it_afterwards() {
    let list = gate("\"lift\", \"review\"");
    let (case, restriction) = restricted(&[(MEASURES, &list)]).await;
    let mut director = case.person("director").await;
    let form = director.see(&format!("{restriction}/end")).await.fill(&[("reason", "Calm months.")]);
    let page = gone_through(&mut director, form, "reason").await;
    assert!(page.says("Ended."), "{}", page.text());
    stands(&case, &restriction).await;
}

#[tokio::test]
async fn a_list_for_every_proposal_is_part_of_it_and_what_shows_an_answer_reaches_whoever_decides() {
    let list = gate("\"proposal\"");
    let case = Case::under("west-kent", &[(MEASURES, &list)]).await;
    case.warned_of(&crate::journey::way::WEST_KENT).await;
    let at = case.again(crate::journey::way::WEST_KENT.behaviour).await;
    let mut manager = case.person("manager").await;
    case.terms(&mut manager, &at).await;
    let page = manager.see(&format!("{at}/adjustments")).await;
    manager.save(&page.fill(&[(BLOCKS, "no"), ("shown:gate.spoken", "Our letter of 2 March.")])).await;
    let check = manager.see(&format!("{at}/check")).await;
    assert!(check.says("Was he invited to speak?") && check.says("Our letter of 2 March."), "{}", check.text());
    assert!(check.says("Not met"), "{}", check.text());
}

#[tokio::test]
async fn a_question_of_the_policys_own_keeps_its_answer_whatever_its_key_and_reaches_whoever_decides() {
    let asked = |key: &str| format!("{{ key = \"{key}\", ask = \"What does {key} mean here?\", source = {{ stated = \"9.1\" }} }},\n");
    let questions = format!("\nquestions = [\n{}", ["needs", "less", "support", "language-of-the-home"].map(asked).concat());
    let case = Case::under("west-kent", &[("\nquestions = [\n", &questions)]).await;
    case.warned_of(&crate::journey::way::WEST_KENT).await;
    let at = case.again(crate::journey::way::WEST_KENT.behaviour).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&format!("{at}/adjustments")).await;
    let answers =
        [("needs", "He hears badly."), ("own:needs", "A quiet room."), ("own:less", "A letter first."), ("own:support", "His sister.")];
    manager.save(&page.fill(&answers)).await;
    let page = manager.see(&format!("{at}/adjustments")).await;
    for (field, answer) in answers {
        assert_eq!(page.fill(&[("linked", "no")]).value(field).trim(), answer, "{field}");
    }
    let check = manager.see(&format!("{at}/check")).await;
    assert!(answers.iter().all(|(_, answer)| check.says(answer)) && check.says("What does less mean here?"), "{}", check.text());
    case.terms(&mut manager, &at).await;
    case.sent(&mut manager, &at).await;
    let page = case.person("manager2").await.see(&at.replace("/proposals/", "/approvals/")).await;
    assert!(answers.iter().all(|(_, answer)| page.says(answer)) && page.says("What does needs mean here?"), "{}", page.text());
}
