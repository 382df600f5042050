//! The whole register together: the meeting the policy asks for, told ahead, recorded once, and on the record of everybody it looked at.

use evenhand::demo;

use super::deciding::{restricted, waiting};
use crate::journey::case::Case;
use crate::support::app::staff;
use crate::support::page::Page;

pub(super) const QUARTERLY: (&str, &str) = (
    "key = \"six-monthly\"\ntitle = \"Six-monthly review of all arrangements\"\nevery = \"6 months\"\nfirst = 2027-07-06\n",
    "key = \"quarterly\"\ntitle = \"Quarterly case meeting\"\nevery = \"3 months\"\nfirst = 2027-03-15\n",
);

#[tokio::test]
async fn the_meeting_over_the_register_is_told_ahead_and_recorded_once() {
    let (case, _) = restricted(&[QUARTERLY]).await;
    let told = "Quarterly case meeting. It is due on Monday 15 March 2027.";
    let plain = |text: String| text.replace('\u{a0}', " ");
    assert!(plain(case.person("head").await.see("/my-work").await.text()).contains(told));
    assert!(!plain(case.person("manager").await.see("/my-work").await.text()).contains(told), "it is not theirs");

    case.house.at("2027-03-15T14:00:00Z");
    let mut head = case.person("head").await;
    let page = head.see("/reviews/meetings").await;
    assert!(page.says("Colin Ashworth") && page.says("You hold it."), "{}", page.text());
    let form = page.fill(&[("held_on", "2027-03-15"), ("minute", "Q1/27"), ("noted", "One case, and it is going well.")]);
    let sat = [staff("west-kent", "head").to_string(), staff("west-kent", "director").to_string()];
    let form = form.ticked("sat", &[&sat[0], &sat[1]]);
    let wrong = [
        ("held_on", form.clone().with("held_on", "2027-03-16"), "not in the future"),
        ("held_on", form.clone().with("held_on", "2026-12-15"), "Enter a day after"),
        ("sat", form.clone().ticked("sat", &[]), "must have sat"),
        ("minute", form.clone().with("minute", " "), "Enter the reference"),
        ("noted", form.clone().with("noted", " "), "Write down what was noted"),
    ];
    for (field, form, sentence) in wrong {
        let page = head.submit(&form).await;
        assert_eq!(page.status(), 422, "{sentence}: {}", page.text());
        assert!(page.error(field).is_some_and(|error| error.contains(sentence)), "{sentence}: {:?}", page.summary());
    }
    let all = form.clone().with("held_on", "2027-03-16").ticked("sat", &[]).with("minute", " ").with("noted", " ");
    let fields = |page: &crate::support::page::Page| page.summary().into_iter().map(|(field, _)| field).collect::<Vec<_>>();
    assert_eq!(fields(&head.submit(&all).await), ["#held_on", "#sat", "#minute", "#noted"], "all at once");
    assert_eq!(fields(&head.submit(&all.with("held_on", "")).await), ["#held_on", "#sat", "#minute", "#noted"], "without a day too");
    let mut manager = case.person("manager").await;
    let page = manager.see("/reviews/meetings").await;
    assert!(!page.says("Record meeting") && page.says("Colin Ashworth"), "{}", page.text());
    assert_eq!(manager.submit(&form).await.status(), 403);

    let page = head.save(&form).await;
    assert!(page.says("Meeting recorded.") && plain(page.text()).contains("Quarterly case meeting, 15 March 2027"), "{}", page.text());
    assert_eq!(head.submit(&form).await.status(), 409, "it is recorded once");
    for (table, rows) in [("register_meeting", 1), ("register_meeting_seat", 2), ("register_meeting_case", 1)] {
        assert_eq!(case.count(table).await, rows, "{table}");
    }
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Looked at in the Quarterly case meeting")));
    assert!(!case.person("head").await.see("/my-work").await.says("Quarterly case meeting"));
    assert!(plain(case.person("head").await.see("/reviews/meetings").await.text()).contains("15 June"));

    case.house.at("2027-06-16T09:00:00Z");
    let late = "It was due on Tuesday 15 June 2027 and is not recorded.";
    assert!(plain(case.person("head").await.see("/my-work").await.text()).contains(late));
}

/// The head records a meeting over everything, held today.
async fn held_today(case: &Case, minute: &str) -> Page {
    let day = case.house.clock.now().date_naive().to_string();
    let mut head = case.person("head").await;
    let page = head.see("/reviews/meetings").await;
    let form = page.fill(&[("held_on", &day), ("minute", minute), ("noted", "One case, and it is going well.")]);
    let sat = staff("west-kent", "head").to_string();
    head.save(&form.ticked("sat", &[&sat])).await
}

#[tokio::test]
async fn wk_26_the_six_monthly_review_of_all_arrangements_is_told_ahead_and_held() {
    let (case, _) = restricted(&[]).await;
    let plain = |text: String| text.replace('\u{a0}', " ");
    case.house.at("2027-06-22T09:00:00Z");
    let told = "Six-monthly review of all arrangements. It is due on Tuesday 6 July 2027.";
    assert!(plain(case.person("head").await.see("/my-work").await.text()).contains(told), "two weeks ahead");
    case.house.at("2027-07-06T14:00:00Z");
    let page = held_today(&case, "H1/27").await;
    assert!(page.says("Meeting recorded.") && !page.says("an extra one"), "{}", page.text());
    let page = plain(case.person("head").await.see("/reviews/meetings").await.text());
    assert!(page.contains("Six-monthly review of all arrangements, 6 July 2027") && page.contains("6 January"), "{page}");
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Looked at in the Six-monthly review of all arrangements")));
}

#[tokio::test]
async fn a_meeting_long_before_its_day_is_an_extra_one_and_so_is_the_next() {
    let (case, _) = restricted(&[]).await;
    let plain = |text: String| text.replace('\u{a0}', " ");
    for (at, minute) in [("2027-03-18T14:00:00Z", "X1"), ("2027-04-20T14:00:00Z", "X2")] {
        case.house.at(at);
        let page = held_today(&case, minute).await;
        let said = plain(page.text());
        assert!(said.contains("It was an extra one: the one due on 6 July 2027 is still to be held."), "{minute}: {said}");
    }
    assert_eq!(case.count("register_meeting").await, 2);
    case.house.at("2027-07-01T14:00:00Z");
    let page = held_today(&case, "H1").await;
    assert!(page.says("Meeting recorded.") && !page.says("an extra one"), "a little early: {}", page.text());
    assert_eq!(case.count("register_meeting where due_on = '2027-07-06'").await, 1);
    let page = plain(case.person("head").await.see("/reviews/meetings").await.text());
    assert!(page.contains("6 January"), "{page}");
}

#[tokio::test]
async fn where_the_policy_asks_for_no_meeting_the_register_is_still_there() {
    let pack = demo::cast::CAST.iter().find(|(cast, _)| cast.slug == "west-kent").expect("West Kent").0.pack;
    let start = pack.find("[[reviews.tiers]]").expect("a tier");
    let tier = &pack[start..start + pack[start..].find("[challenge]").expect("the next chapter")];
    let (case, _) = restricted(&[(tier, "")]).await;
    let page = case.person("manager").await.see("/reviews/meetings").await;
    assert!(page.says("names no day for it") && page.says("Colin Ashworth") && !page.says("Record meeting"), "{}", page.text());
}

#[tokio::test]
async fn a_review_day_set_in_the_letter_is_any_day_up_to_the_longest_interval() {
    let set = ("\n[reviews]\n", "\n[reviews]\nset-in-letter = { value = true, stated = \"8.1\" }\n");
    let (case, approval) = waiting(&[set]).await;
    case.approved(&approval, "manager2").await;
    case.approved(&approval, "director").await;
    assert_eq!(case.count("review where due_on = '2027-06-09'").await, 1, "a day of the proposal's own");
    case.house.at("2027-06-09T09:00:00Z");
    let mut manager = case.person("manager").await;
    let list = manager.see("/reviews").await;
    let (_, at) =
        list.links().into_iter().find(|(_, href)| href.starts_with("/reviews/") && !href.ends_with("meetings")).expect("the review");
    let page = manager.see(&at).await;
    let answers = [("outcome", "continue"), ("view_how", "heard"), ("customers_view", "He is calm."), ("reasons", "Two more calls.")];
    let form = page.fill(&answers).with("ends_on", "2028-03-01");
    let refused = manager.submit(&form.clone().with("review_on", "2027-12-10")).await;
    assert!(refused.error("review_on").is_some_and(|error| error.contains("The review must be on or before")), "{:?}", refused.summary());
    assert_eq!(manager.submit(&form.with("review_on", "2027-11-17")).await.status(), 303);
    assert_eq!(case.count("review where stage = 'due' and due_on = '2027-11-17'").await, 1);
}

/// The meeting as the head would record it, with nothing minuted of anybody yet; and what of Mr Ashworth is asked for.
async fn recording(case: &Case, head: &mut crate::support::visitor::Visitor) -> (crate::support::page::Filled, String, String) {
    case.house.at("2027-03-15T14:00:00Z");
    let page = head.see("/reviews/meetings").await;
    assert!(page.says("What came of it for Colin Ashworth?"), "{}", page.text());
    let form = page.fill(&[("held_on", "2027-03-15"), ("minute", "Q1/27"), ("noted", "One case.")]);
    let sat = [staff("west-kent", "head").to_string(), staff("west-kent", "director").to_string()];
    let form = form.ticked("sat", &[&sat[0], &sat[1]]);
    let named = |start: &str| form.beginning(start).into_iter().next().expect("a field for him");
    (form.clone(), named("outcome:"), named("note:"))
}

#[tokio::test]
async fn a_meeting_minutes_what_it_said_of_one_and_puts_it_before_whoever_holds_its_review() {
    let (case, restriction) = restricted(&[QUARTERLY]).await;
    case.house.at("2027-03-15T13:50:00Z");
    let mut head = case.person("head").await;
    let (form, outcome, note) = recording(&case, &mut head).await;
    assert_eq!(form.offers(&outcome), ["", "goes-on", "look-early", "end-proposed"]);

    let wrong = form.clone().with(&outcome, "end-proposed");
    let page = head.submit(&wrong).await;
    assert_eq!(page.status(), 422, "{}", page.text());
    assert!(page.error(&note).is_some_and(|error| error.contains("Write down why")), "{:?}", page.summary());
    assert!(
        page.body().contains("<details open>") && page.body().contains("Q1/27") && page.body().contains("One case."),
        "nothing is lost"
    );
    let typed = form.clone().with(&outcome, "end-proposed").with(&note, "He has been calm since May.").with("minute", " ");
    let page = head.submit(&typed).await;
    assert!(page.status() == 422 && page.body().contains("He has been calm since May."), "{}", page.text());
    assert_eq!(page.form("/reviews/meetings").value(&outcome), "end-proposed");
    assert_eq!(case.count("register_meeting").await, 0);

    case.house.drain_outbox().await;
    let before = case.count("task where kind = 'review' and done_at is null").await;
    let page = head.save(&typed.with("minute", "Q1/27")).await;
    let mails = case.house.drain_outbox().await;
    assert!(mails.iter().any(|(_, subject)| subject.starts_with("Quarterly case meeting: look at a")), "{mails:?}");
    assert!(case.count("outbox where subject like 'Quarterly case meeting: look%' and body_text like '%/reviews/%'").await > 0);
    assert!(page.says("Meeting recorded.") && page.says("1 case, 1 proposed to end"), "{}", page.text());
    assert_eq!(case.count("task where kind = 'review' and done_at is null").await, before + 1);
    assert_eq!(case.count("register_meeting_case where outcome = 'end-proposed' and note like 'He has been calm%'").await, 1);
    assert_eq!(case.count("restriction where stage = 'in-force'").await, 1, "a meeting decides nothing");
    let mut manager = case.person("manager").await;
    let work = manager.see("/my-work?kind=review").await;
    assert!(work.says("propose to end it. He has been calm since May.") && work.says("22 March"), "{}", work.text());
    let page = manager.see(&restriction).await;
    let history = page.all("ol.timeline li").join("\n");
    assert!(history.contains("Quarterly case meeting: propose to end it") && history.contains("He has been calm since May."), "{history}");
    let timeline = case.timeline().await.join("\n");
    assert!(timeline.contains("Quarterly case meeting: propose to end it"), "{timeline}");
}

#[tokio::test]
async fn what_was_minuted_of_one_that_ended_meanwhile_is_said_and_nothing_recorded() {
    let (case, restriction) = restricted(&[QUARTERLY]).await;
    case.house.at("2027-03-15T13:50:00Z");
    let mut head = case.person("head").await;
    let (form, _, note) = recording(&case, &mut head).await;
    let mut manager = case.person("manager2").await;
    let page = manager.see(&format!("{restriction}/end")).await;
    manager.save(&page.fill(&[("reason", "He has moved away.")])).await;
    let late = head.submit(&form.with(&note, "Going well.")).await;
    assert_eq!(late.status(), 409, "{}", late.text());
    assert!(late.says("One of them has ended since you opened this page.") && late.body().contains("Going well."), "{}", late.text());
    assert_eq!(case.count("register_meeting").await, 0);
    let page = head.save(&late.form("/reviews/meetings").with(&note, "")).await;
    assert!(page.says("Meeting recorded."), "{}", page.text());
}
