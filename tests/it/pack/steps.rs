//! A policy with two restrictions, one above the other: which one a proposal is follows from its measures.

use super::deciding::waiting;
use crate::journey::case::Case;
use crate::journey::way::WEST_KENT;

const SECOND: &str = "\n[[ladder.steps]]\nkey = \"rationed\"\ntitle = \"Rationed contact\"\nkind = \"restriction\"\nabout = \"So many contacts a week.\"\n\
taken-by = { value = \"manager\", stated = \"6.3\" }\nletter = \"restriction-notice\"\nafter = [\"formal-action\"]\nmeasures = [\"quota\"]\n\
source = { stated = \"6.3\" }\n\n[assessment]\n";

#[tokio::test]
async fn a_measure_of_the_second_restriction_waits_until_the_first_was_tried() {
    let case = Case::under("west-kent", &[("\n[assessment]\n", SECOND)]).await;
    case.warned_of(&WEST_KENT).await;
    let at = case.again(WEST_KENT.behaviour).await;
    let mut manager = case.person("manager").await;
    case.terms(&mut manager, &at).await;
    let check = manager.see(&format!("{at}/check")).await;
    assert!(check.says("Formal action has to come first."), "{}", check.text());

    // Without the quota it is the first restriction, and nothing stands in its way.
    let page = manager.see(&format!("{at}/terms")).await;
    let form = crate::journey::case::usual_terms(&page);
    manager.save(&form.without("measure").ticked("measure", &["channels"])).await;
    let check = manager.see(&format!("{at}/check")).await;
    assert!(!check.says("has to come first"), "{}", check.text());
    case.sent(&mut manager, &at).await;
}

#[tokio::test]
async fn a_rule_of_the_matrix_may_ask_which_restriction_it_is() {
    let rule = "\n[[authority.rules]]\nwhen = { steps = [\"formal-action\"], reaches = [\"organisation\"] }\nsource = { stated = \"9.1\" }\n\
                stages = [{ kind = \"authorise\", of = \"director\", count = 3 }]\n\n[terms]\n";
    let (case, approval) = waiting(&[("\n[terms]\n", rule)]).await;
    let list = case.person("director").await.see("/approvals").await;
    assert!(list.says("3 people, each a Director"), "{}", list.text());
    let page = case.person("director").await.see(&approval).await;
    assert!(page.says("3 people"), "{}", page.text());
}
