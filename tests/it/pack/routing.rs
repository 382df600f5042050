//! Where an incident belongs: this policy, another process, or both; and needs and capacity first.

use crate::journey::case::Case;

#[tokio::test]
async fn violence_is_handed_to_tenancy_enforcement_the_same_day_and_what_came_of_it_is_kept() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let form = case.incident_form(&mut adviser, "threats").await;
    let page = adviser.save(&form.with("harm", "threatened").ticked("threats", &["physical-violence-threatened"])).await;
    assert!(page.says("is dealt with here and elsewhere as well: the Community Safety Policy."), "{}", page.text());
    let mut manager = case.person("manager").await;
    let work = manager.see("/my-work").await;
    assert!(work.says("Hand it over: Tenancy enforcement") && work.says("Hand it over: the Community Safety Policy"), "{}", work.text());
    assert_eq!(case.count("task where kind = 'hand-off' and whom = 'Tenancy enforcement'").await, 1);
    let done = work.links().into_iter().map(|(_, href)| href).filter(|href| href.starts_with("/my-work/"));
    let mut handed = 0;
    for at in done.collect::<std::collections::BTreeSet<_>>() {
        let page = manager.see(&at).await;
        if page.heading() == "Hand it over: Tenancy enforcement" {
            assert!(page.says("Physical violence was threatened."), "{}", page.text());
            manager.save(&page.fill(&[("note", "Passed on, reference TE/27/118.")])).await;
            handed += 1;
        }
    }
    assert_eq!(handed, 1);
    assert!(case.timeline().await.iter().any(|entry| entry.contains("TE/27/118")));
}

#[tokio::test]
async fn what_illness_may_explain_leads_to_an_assessment_and_to_no_warning_by_itself() {
    let case = Case::begun("one-manchester").await;
    let incident = case.incident("incapable").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    assert!(page.says("Needs and capacity come first."), "{}", page.text());
    let form = page.fill(&[("outcome", "more"), ("reasons", "She seemed unwell.")]);
    assert_eq!(form.offers("outcome"), ["no-action", "more"]);
    let forced = manager.submit(&form.clone().without("outcome").forged("outcome", "warning")).await;
    assert_eq!(forced.status(), 422, "{}", forced.text());
    assert!(forced.error("outcome").is_some_and(|error| error.contains("no warning follows by itself")), "{:?}", forced.summary());
    let id = incident.trim_start_matches("/incidents/");
    let at = format!("/warnings/new?customer={}", case.reference);
    for (address, when) in [(format!("{at}&incident={id}"), "by its incident"), (at.clone(), "by itself")] {
        let page = manager.see(&address).await;
        assert!(page.says("no warning follows by itself") && !page.body().contains("name=\"words\""), "{when}: {}", page.text());
    }
    assert!(manager.save(&form).await.says("Decision saved."));
    let new = evenhand::demo::named("a warning of one's own making").to_string();
    let step = case.policy.ladder.steps.iter().find(|step| !step.forms.is_empty()).expect("a step that warns");
    let said = [
        ("id", new.as_str()),
        ("step", step.key.as_str()),
        ("form", step.forms[0].key()),
        ("words", "Please stop."),
        ("date", "2027-03-10"),
        ("time", "09:00"),
    ];
    for incident in [id, ""] {
        let forged =
            manager.post("/warnings/new", &[&said[..], &[("customer", case.reference.as_str()), ("incident", incident)]].concat()).await;
        assert_eq!(forged.status(), 403, "{incident}: {}", forged.text());
    }
    assert_eq!(case.count("warning").await, 0);
    let record = manager.see(&format!("/customers/{}", case.reference)).await;
    assert!(record.link("Give a warning").is_none(), "{}", record.text());
}

#[tokio::test]
async fn what_belongs_to_another_process_alone_is_read_and_handed_over() {
    let was = "within = \"abuse\"\neffects-needed = [\"fear\"]\nseverity = \"serious\"\nroute = \"this-ladder\"\nsource = { stated = \"1.4\" }\n\n";
    let recording = format!("key = \"recording\"\ntitle = \"Recording staff without consent, or publishing it\"\n{was}");
    let elsewhere = recording.replace("route = \"this-ladder\"", "route = \"other-process\"\nprocess = \"Data protection\"");
    let case = Case::under("west-kent", &[(&recording, &elsewhere)]).await;
    let incident = case.incident("recording").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&incident).await;
    assert!(page.says("is dealt with elsewhere: Data protection."), "{}", page.text());
    let form = page.fill(&[("outcome", "no-action"), ("reasons", "Passed to data protection.")]);
    assert_eq!(form.offers("outcome"), ["no-action"]);
    let forced = manager.submit(&form.clone().without("outcome").forged("outcome", "more")).await;
    assert_eq!(forced.status(), 422, "{}", forced.text());
    assert!(manager.save(&form).await.says("Decision saved."));
}
