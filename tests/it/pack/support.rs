//! Help for staff after an incident: from whom, by when and with what the policy says.

use evenhand::worker::remind;

use crate::journey::case::Case;

const OFFERED: &str = "[support]\n";

#[tokio::test]
async fn help_is_asked_of_the_post_the_policy_names_by_the_day_it_names_and_with_its_own_offers() {
    let policy = include_str!("../../../policies/west-kent.toml");
    let was = &policy[policy.find(OFFERED).expect("support")..];
    let was = &was[..was.find("\n\n").expect("its end")];
    let is = "[support]\noffered-by = { value = \"director\", stated = \"9.1\" }\nwithin = { value = \"2 working days\", stated = \"9.1\" }\n\
              offers = { value = [\"Tea with the chaplain\", \"A day off\"], stated = \"9.1\" }";
    let case = Case::under("west-kent", &[(was, is)]).await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, crate::journey::way::WEST_KENT.behaviour).await;
    let page = adviser.see(&format!("/customers/{}/incidents/new?channel=phone", case.reference)).await;
    assert!(page.says("Ask a Director to check in within 2 working days"), "{}", page.text());
    assert!(page.says("There is: Tea with the chaplain; A day off."), "{}", page.text());
    adviser.save(&form.with("support", "today")).await;
    // Wednesday 10 March, and two working days.
    let asked =
        "task t join staff s on s.id = t.staff_id where t.kind = 'support' and s.email like 'director%' and t.due_on = '2027-03-12'";
    assert_eq!(case.count(asked).await, 1);
    assert_eq!(case.count("task where kind = 'support'").await, 1, "and nobody else");
    assert_eq!(case.count("outbox where subject like '%asked for support today' and body_text like '%Friday 12 March%'").await, 1);
}

#[tokio::test]
async fn a_colleague_who_was_not_seen_in_time_is_told_of_above_without_a_name_where_the_policy_escalates() {
    const ESCALATES: (&str, &str) = (
        "\n[terms]\n",
        "\n[clocks]\non-the-day = [{ clock = \"support\", does = \"escalate\", source = { stated = \"9.1\" } }]\n\n[terms]\n",
    );
    let case = Case::under("west-kent", &[ESCALATES]).await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, crate::journey::way::WEST_KENT.behaviour).await;
    adviser.save(&form.with("support", "today")).await;
    case.house.drain_outbox().await;
    case.house.at("2027-03-19T09:00:00Z");
    remind::once(&case.house.kit.office).await.expect("reminders are read");
    let told = case.house.drain_outbox().await;
    let waits: Vec<&str> =
        told.iter().filter(|(_, subject)| subject == "A colleague waits to be seen").map(|(to, _)| to.as_str()).collect();
    assert!(waits.len() > 1, "the one who was asked, and somebody above: {told:?}");
    let bodies = "outbox where subject = 'A colleague waits to be seen' and body_text like '%' || (select name from staff where email like 'adviser@west-kent%') || '%'";
    assert_eq!(case.count(bodies).await, 0, "it names nobody");
    assert!(!case.timeline().await.join("\n").contains("waits to be seen"), "nor does the customer's record say it");
}
