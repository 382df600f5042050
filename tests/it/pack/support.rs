//! Help for staff after an incident: from whom, by when and with what the policy says.

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
