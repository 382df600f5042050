//! Warnings: what is confirmed before one, what is left out and by whom, and one that stands inside another letter.

use super::case::{Case, SAID, SIDE};

const ASK: &str = "Please speak to our staff without shouting.";

/// The address of a step in one of its forms, after an incident.
fn step(case: &Case, incident: &str, step: &str, form: &str) -> String {
    let id = incident.trim_start_matches("/incidents/");
    format!("/warnings/new?customer={}&incident={id}&step={step}&form={form}", case.reference)
}

/// An incident after which the manager wants a warning.
async fn to_warn(case: &Case, behaviour: &str) -> String {
    let incident = case.incident(behaviour).await;
    case.decided(&incident, "warning", "He is told what we ask.").await;
    incident
}

#[tokio::test]
async fn what_was_confirmed_before_a_warning_stays_with_it() {
    let case = Case::begun("west-kent").await;
    let incident = to_warn(&case, "abuse").await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&step(&case, &incident, "management-action", "spoken")).await;
    let form = page.fill(&[("words", " ")]);
    let asked: Vec<String> = case.policy.checklist("management-action").expect("a list").items.iter().map(|one| one.ask.clone()).collect();
    let lines = form.beginning("list:");
    assert_eq!(lines.len(), asked.len());
    assert_eq!(form.offers(&lines[0]), ["yes", "no", "does-not-apply"]);

    let bare = manager.submit(&form.with(&lines[0], "no")).await;
    assert_eq!(bare.status(), 422);
    assert!(bare.error("words").is_some(), "everything at once: {:?}", bare.summary());
    assert!(bare.error(&lines[0]).is_some_and(|error| error.contains("The policy asks for this first")), "{:?}", bare.summary());
    assert!(bare.error(&lines[1]).is_some_and(|error| error.contains("Answer this first")), "{:?}", bare.summary());

    let shown = lines[0].replace("list:", "shown:");
    let form = bare.fill(&[("words", ASK), (&lines[0], "yes"), (&shown, "My call of 9 March."), (&lines[1], "does-not-apply")]);
    let page = manager.save(&form).await;
    for one in asked.iter().map(String::as_str).chain(["Yes", "My call of 9 March.", "Does not apply here"]) {
        assert!(page.says(one), "{one}: {}", page.text());
    }
}

#[tokio::test]
async fn a_manager_leaves_a_first_step_out_where_the_policy_gives_a_reason_and_it_is_theirs() {
    let case = Case::begun("notting-hill-genesis").await;
    let incident = to_warn(&case, "verbal").await;
    let mut manager = case.person("manager").await;
    let id = incident.trim_start_matches("/incidents/");
    let choice = manager.see(&format!("/warnings/new?customer={}&incident={id}", case.reference)).await;
    assert!(choice.says("A Manager may leave out Informal conversation, with the reason in writing."), "{}", choice.text());
    let page = manager.see(&step(&case, &incident, "verbal-warning", "spoken")).await;
    let form = page.fill(&[("words", ASK)]);
    assert_eq!(form.offers("skip"), ["no-use"], "violence is no reason where there was none");
    let bare = manager.submit(&form).await;
    assert_eq!(bare.status(), 422);
    assert!(bare.error("skip").is_some() && bare.error("skip_because").is_some(), "{:?}", bare.summary());
    assert_eq!(bare.fill(&[("skip", "no-use")]).value("words").trim(), ASK, "what was typed is not lost");
    let given = manager.save(&bare.fill(&[("skip", "no-use"), ("skip_because", "He will not meet anybody of ours.")])).await;
    assert!(given.says("Left out first") && given.says("He will not meet anybody of ours."), "{}", given.text());
    let told = case.timeline().await.join("\n");
    assert!(told.contains("Informal conversation left out") && told.contains("Verbal warning given"), "{told}");
    let took = "warning where skipped_step = 'conversation' and given_by in (select id from staff where email like 'manager@%')";
    assert_eq!(case.count(took).await, 1);
}

#[tokio::test]
async fn a_step_that_only_a_director_leaves_out_is_theirs_to_give() {
    let case = Case::begun("housing-solutions").await;
    let incident = to_warn(&case, "verbal").await;
    let at = step(&case, &incident, "formal-warning", "within-correspondence");
    let mut manager = case.person("manager").await;
    let page = manager.see(&at).await;
    assert!(page.says("Initial warning has to come first.") && page.says("A Director may leave out"), "{}", page.text());
    assert!(!page.body().contains("name=\"passage\""));
    let answers = [("reference", "C-118"), ("passage", ASK), ("date", "2027-03-10"), ("form", "within-correspondence")];
    let skip =
        [("customer", case.reference.as_str()), ("incident", incident.trim_start_matches("/incidents/")), ("step", "formal-warning")];
    let new = evenhand::demo::named("a warning of one's own making").to_string();
    let why = [("id", new.as_str()), ("skip", "immediate"), ("skip_because", "It cannot wait.")];
    let forged = manager.post("/warnings/new", &[&answers[..], &skip[..], &why[..]].concat()).await;
    assert!(matches!(forged.status(), 403 | 422), "{}: {}", forged.status(), forged.text());
    assert_eq!(case.count("warning").await, 0);

    let mut director = case.person("director").await;
    let page = director.see(&at).await;
    let form = page.fill(&[("reference", "C-118"), ("passage", ASK), ("skip", "immediate"), ("skip_because", "It cannot wait.")]);
    let given = director.save(&form).await;
    assert!(given.says("Left out first") && given.says("Initial warning"), "{}", given.text());
}

#[tokio::test]
async fn a_warning_inside_another_letter_is_recorded_and_was_not_sent_by_itself() {
    let case = Case::begun("housing-solutions").await;
    let incident = to_warn(&case, "verbal").await;
    case.warned(&incident, "initial-warning", "within-correspondence").await;
    assert_eq!(case.answer().await, "Talk as normal. An initial warning was recorded on 10 March 2027.");
    let told = case.timeline().await.join("\n").to_lowercase();
    assert!(told.contains("initial warning given, inside"), "{told}");
    assert!(!told.contains("letter sent") && !told.contains("letter made"), "{told}");
    assert_eq!(case.count("letter").await, 0);
}

#[tokio::test]
async fn a_warning_letter_is_written_beside_the_incident_and_read_before_it_counts() {
    let case = Case::begun("west-kent").await;
    let mut adviser = case.person("adviser").await;
    let at = format!("/customers/{}/adjustments", case.reference);
    let needs = adviser.see(&at).await;
    adviser.save(&needs.form(&at).with("kind", "hearing").with("to_do", "Speak steadily, do not talk over the customer")).await;
    let form = case.incident_form(&mut adviser, "abuse").await.with("side", SIDE).with("adjusted", "all");
    let incident = adviser.save(&form).await.address().to_owned();
    case.decided(&incident, "warning", "He is told what we ask.").await;

    let mut manager = case.person("manager").await;
    let page = manager.see(&step(&case, &incident, "management-action", "written")).await;
    assert!(page.says(SAID) && page.says("Speak steadily") && page.says("the boiler"), "{}", page.text());
    let form = page.fill(&[("what", "you shouted at a member of staff"), ("why", "it frightened her"), ("ask", "please do not shout")]);
    assert_eq!((form.value("told_us").trim(), form.value("happened_on")), (SIDE, "2027-03-10"), "what is known is filled in");
    let unticked = manager.submit(&form).await;
    assert_eq!(unticked.status(), 422, "{}", unticked.text());
    let form = form.gone_through();

    let preview = manager.submit(&form).await;
    assert_eq!(preview.status(), 200, "{}", preview.text());
    for words in ["Nothing is saved yet.", "You shouted at a member of staff.", "It frightened her.", "Please do not shout.", SIDE] {
        assert!(preview.says(words), "{words}: {}", preview.text());
    }
    assert!(preview.says("speak steadily and let you finish") && !preview.says("talk over the customer"), "{}", preview.text());
    assert_eq!((case.count("warning").await, case.count("letter").await), (0, 0), "reading it saves nothing");
    let changed = manager.submit(&preview.fill(&[("change", "yes")])).await;
    assert_eq!(changed.fill(&[("why", "It frightened her.")]).value("what").trim(), "you shouted at a member of staff");
    let seen = manager.submit(&changed.fill(&[("why", "She was frightened.")])).await;
    assert!(seen.says("She was frightened."), "{}", seen.text());

    let given = seen.fill(&[("seen", "yes")]);
    assert!(manager.save(&given).await.says("Saved."));
    assert!(manager.save(&given).await.says("Saved already."), "a second press gives nothing twice");
    let late = manager.save(&changed.fill(&[("why", "Once more.")])).await;
    assert!(late.says("Saved already."), "nor does the page left open: {}", late.text());
    assert_eq!((case.count("warning").await, case.count("letter").await), (1, 1));
}
