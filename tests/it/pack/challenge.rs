//! What a customer can challenge besides a restriction, on which grounds, and what there is where the policy has no appeal.

use chrono::TimeDelta;
use evenhand::worker::remind;

use super::deciding::restricted;
use crate::journey::case::Case;
use crate::journey::way::WEST_KENT;
use crate::support::page::Page;

/// A profile for warnings: a Head of Service, ten working days, never whoever warned.
pub const WARNINGS: (&str, &str) = (
    "[challenge.reconsideration]\n",
    "[challenge.warning]\ngrounds = { value = [\"it did not happen as it says\"], stated = \"9.8\" }\nwindow = { value = \"10 working days\", stated = \"9.8\" }\nwindow-from = { value = \"sent\", stated = \"9.8\" }\nforms = { value = [\"any\"], stated = \"9.8\" }\ndecider = { value = [\"manager\", \"head-of-service\"], stated = \"9.8\" }\nnever-decides = { value = [\"logged\", \"affected\", \"warned\"], stated = \"9.8\" }\nlate-decided-by = { value = \"head-of-service\", stated = \"9.8\" }\ndecide-within = { value = \"10 working days\", stated = \"9.8\" }\noutcomes = { value = [\"uphold\", \"quash\"], stated = \"9.8\" }\nsuspends = { value = false, stated = \"9.8\" }\nfinal = { value = true, stated = \"9.8\" }\ncomplaint = { value = \"open\", stated = \"9.8\" }\n\n[challenge.reconsideration]\n",
);

/// Mr Ashworth is warned; where the warning is.
pub async fn warned(changes: &[(&str, &str)]) -> (Case, String) {
    let case = Case::under("west-kent", changes).await;
    case.warned_of(&WEST_KENT).await;
    let sql = "select '/warnings/' || id::text from warning";
    let at: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("a warning");
    (case, at)
}

pub(super) async fn logged(case: &Case, warning: &str, more: &[(&str, &str)]) -> Page {
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("{warning}/appeal")).await;
    let form = page.fill(&[&[("grounds", "I never said that."), ("received_via", "phone")], more].concat());
    adviser.submit(&form.ticked("listed", &["1"])).await
}

async fn letter(case: &Case) -> String {
    case.person("manager").await.see(&case.letters().await[0]).await.text().replace('\u{a0}', " ")
}

#[tokio::test]
async fn a_warning_taken_back_on_appeal_no_longer_counts_on_the_ladder() {
    let (case, warning) = warned(&[WARNINGS]).await;
    let page = case.person("adviser").await.see(&warning).await;
    assert!(page.link("Log an appeal").is_some() && page.says("Counts"), "{}", page.text());
    case.house.wait(TimeDelta::hours(1));
    assert_eq!(logged(&case, &warning, &[]).await.status(), 303);
    assert_eq!(logged_twice(&case, &warning).await, "An appeal against this is open already.");
    assert!(letter(&case).await.contains("Your appeal about “Management action” of 10 March 2027 reached us on 10 March 2027."));

    let mut manager = case.person("manager").await;
    let page = manager.see(&warning).await;
    let page = manager.submit(&page.fill(&[("because", "It was a mistake.")])).await;
    assert_eq!(page.status(), 409, "not beside an appeal that waits for its answer");
    assert!(page.says("the customer is owed an answer"), "{}", page.text());
    let at = format!("{warning}/appeal");
    let page = manager.see(&at).await;
    assert!(page.says("You cannot decide this."), "whoever warned does not decide: {}", page.text());
    let fields = [("outcome", "uphold"), ("reasons", "I was right."), ("version", "1")];
    assert_eq!(manager.post(&format!("{at}/decision"), &fields).await.status(), 403);

    case.house.wait(TimeDelta::hours(1));
    let mut head = case.person("head").await;
    assert!(head.see("/my-work").await.links().iter().any(|(_, href)| *href == at), "she is asked");
    let page = head.see(&at).await;
    assert_eq!(page.fill(&[("reasons", "The recording says otherwise.")]).offers("outcome"), ["uphold", "withdraw"]);
    let page = head.save(&page.fill(&[("outcome", "withdraw"), ("reasons", "The recording says otherwise.")])).await;
    assert!(page.says("Decision recorded.") && page.says("It is withdrawn, and no longer counts"), "{}", page.text());
    assert_eq!(case.count("task where kind = 'warning-appeal' and done_at is null").await, 0);
    let said = letter(&case).await;
    assert!(
        said.contains("We have decided to take it back. We do not count it.") && said.contains("The recording says otherwise."),
        "{said}"
    );
    let page = head.see(&warning).await;
    assert!(page.says("Withdrawn") && !page.says("Counts"), "{}", page.text());
    assert!(case.timeline().await.iter().any(|entry| entry.contains("Appeal against “Management action” decided: it is withdrawn")));
    let incident = case.incident("threats").await;
    let page = case
        .person("manager")
        .await
        .see(&format!("/warnings/new?customer={}&incident={}", case.reference, incident.trim_start_matches("/incidents/")))
        .await;
    assert!(page.says("Management action"), "the ladder begins again with it: {}", page.text());
}

async fn logged_twice(case: &Case, warning: &str) -> String {
    let page = case.person("adviser").await.see(&format!("{warning}/appeal")).await;
    assert!(page.says("You cannot decide this."), "it is open, and not to be logged again: {}", page.text());
    let id = uuid::Uuid::from_u128(77).to_string();
    let fields = [("id", id.as_str()), ("grounds", "Again."), ("listed", "none"), ("received_on", "2027-03-10"), ("received_via", "phone")];
    let page = case.person("adviser").await.post(&format!("{warning}/appeal"), &fields).await;
    assert_eq!(page.status(), 422, "{}", page.text());
    page.summary().into_iter().next().map(|(_, sentence)| sentence).unwrap_or_default()
}

#[tokio::test]
async fn an_appeal_against_a_warning_rests_on_the_grounds_of_its_own_profile_and_stands_in_the_list() {
    let (case, warning) = warned(&[WARNINGS]).await;
    let at = format!("{warning}/appeal");
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&at).await;
    let form = page.fill(&[("grounds", "I never said that."), ("received_via", "phone")]);
    assert_eq!(form.offers("listed"), ["1", "none"]);
    let refused = adviser.submit(&form).await;
    assert_eq!((refused.status(), refused.error("listed").as_deref()), (422, Some("Choose what it rests on, or that none of these fits")));
    let page = adviser.save(&form.ticked("listed", &["1"])).await;
    assert!(page.says("It did not happen as it says"), "{}", page.text());
    let mut head = case.person("head").await;
    let list = head.see("/appeals").await;
    assert!(list.heading().starts_with("One appeal waits for a decision"), "{}", list.text());
    assert!(list.says("Appeal against “Management action”") && list.says("You may"), "{}", list.text());
    let page = head.click(&list, "Colin Ashworth").await;
    assert_eq!(page.address(), at);
    let page = head.save(&page.fill(&[("outcome", "uphold"), ("reasons", "The recording bears it out.")])).await;
    assert_eq!(page.status(), 200);
    let list = head.see("/appeals").await;
    assert!(list.heading().starts_with("No appeal waits") && list.says("The management action stays as it is"), "{}", list.text());
}

#[tokio::test]
async fn whoever_may_hear_an_appeal_is_reminded_ahead_of_the_day_on_it_and_after_it_once_each() {
    let (case, warning) = warned(&[WARNINGS]).await;
    assert_eq!(logged(&case, &warning, &[]).await.status(), 303);
    let kept = "select due_on from warning_appeal";
    let due: chrono::NaiveDate = sqlx::query_scalar(kept).fetch_one(&mut case.house.owner().await).await.expect("an appeal");
    let calendar = case.policy.calendar();
    let office = &case.house.kit.office;
    for (day, says) in
        [(calendar.sub_working_days(due, 2), "is due on"), (due, "is due today"), (calendar.add_working_days(due, 1), "is late")]
    {
        case.house.at(&format!("{day}T09:00:00Z"));
        case.house.drain_outbox().await;
        remind::once(office).await.expect("reminders are read");
        remind::once(office).await.expect("reminders are read");
        let told: Vec<_> = case.house.drain_outbox().await.into_iter().filter(|(_, subject)| subject.contains("against a")).collect();
        assert!(!told.is_empty() && told.iter().all(|(_, subject)| subject.contains(says)), "{day}: {told:?}");
        assert_eq!(told.iter().filter(|(to, _)| to.starts_with("head@")).count(), 1, "{day}: {told:?}");
        assert!(told.iter().all(|(to, _)| !to.starts_with("manager@")), "whoever warned is not asked: {told:?}");
    }
    let mut head = case.person("head").await;
    let page = head.see(&format!("{warning}/appeal")).await;
    head.save(&page.fill(&[("outcome", "withdraw"), ("reasons", "The recording says otherwise.")])).await;
    assert_eq!(case.count("reminder where kind like 'warning-appeal%' and settled_at is null").await, 0);
}

#[tokio::test]
async fn a_warning_upheld_stays_and_the_answer_is_final() {
    let (case, warning) = warned(&[WARNINGS]).await;
    assert_eq!(logged(&case, &warning, &[]).await.status(), 303);
    let at = format!("{warning}/appeal");
    let mut other = case.person("manager2").await;
    let page = other.see(&at).await;
    other.save(&page.fill(&[("outcome", "uphold"), ("reasons", "The recording bears it out.")])).await;
    let page = case.person("adviser").await.see(&at).await;
    assert!(page.says("that answer is final here") && page.says("It stays as it is"), "{}", page.text());
    assert!(case.person("head").await.see(&warning).await.says("Counts"));
}

#[tokio::test]
async fn a_late_appeal_against_a_warning_can_be_refused_for_that_alone() {
    let (case, warning) = warned(&[WARNINGS]).await;
    case.house.wait(TimeDelta::days(40));
    let page = logged(&case, &warning, &[]).await;
    assert_eq!(page.status(), 422);
    assert!(page.error("late_because").is_some_and(|error| error.contains("Write down why it came later")), "{:?}", page.summary());
    assert_eq!(logged(&case, &warning, &[("late_because", "In hospital.")]).await.status(), 303);
    let at = format!("{warning}/appeal");
    let page = case.person("manager2").await.see(&at).await;
    assert_eq!(page.fill(&[("reasons", "Late.")]).offers("outcome"), ["uphold", "withdraw"], "a manager hears it");
    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    head.save(&page.fill(&[("outcome", "too-late"), ("reasons", "Nothing kept him from it.")])).await;
    assert_eq!(case.count("warning_appeal where stage = 'out-of-time'").await, 1);
    assert!(head.see(&warning).await.says("Counts"));
}

#[tokio::test]
async fn where_the_policy_has_no_appeal_against_a_warning_none_is_offered() {
    let (case, warning) = warned(&[]).await;
    let page = case.person("adviser").await.see(&warning).await;
    assert!(page.link("Log an appeal").is_none(), "{}", page.text());
    let page = case.person("adviser").await.see(&format!("{warning}/appeal")).await;
    assert!(page.says("The policy has no appeal against this."), "{}", page.text());
}

fn mode(mode: &str) -> String {
    format!("[challenge.appeal]\nmode = {{ value = \"{mode}\", stated = \"9.9\" }}\n")
}

#[tokio::test]
async fn where_the_mode_is_none_the_letter_points_to_complaints_and_the_page_offers_no_appeal() {
    let none = mode("none");
    let (case, restriction) = restricted(&[("[challenge.appeal]\n", &none)]).await;
    let said = letter(&case).await;
    assert!(said.contains("There is no appeal to us against this decision. You can make a complaint to us"), "{said}");
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&restriction).await;
    assert!(page.link("Log an appeal").is_none() && page.says("None by the policy"), "{}", page.text());
    let id = restriction.trim_start_matches("/restrictions/");
    let page = adviser.see(&format!("/appeals/new?restriction={id}")).await;
    assert!(page.says("The policy has no appeal against this.") && !page.body().contains("name=\"grounds\""), "{}", page.text());
    let other = "01a201d9-0000-7000-8000-000000000001";
    let forced =
        [("id", other), ("restriction", id), ("grounds", "It is unfair."), ("received_on", "2027-03-12"), ("received_via", "letter")];
    let page = adviser.post("/appeals", &forced).await;
    assert_eq!(page.status(), 422);
    assert!(page.says("The policy has no appeal against this.") && page.says("It is unfair."), "{}", page.text());
}

#[tokio::test]
async fn an_appeal_in_the_place_of_a_complaint_is_said_to_be() {
    let barred = mode("complaint-barred");
    let (case, _) = restricted(&[("[challenge.appeal]\n", &barred)]).await;
    let said = letter(&case).await;
    assert!(said.contains("An appeal takes the place of a complaint about this decision."), "{said}");
    assert!(said.contains("You cannot make a complaint to us about this decision: an appeal takes its place."), "{said}");
    let with = mode("with-complaint");
    let (case, _) = restricted(&[("[challenge.appeal]\n", &with)]).await;
    let said = letter(&case).await;
    assert!(said.contains("If you make an appeal and a complaint about this decision, we look at both together."), "{said}");
}

#[tokio::test]
async fn the_grounds_that_the_policy_lists_are_choices_and_none_of_them_turns_nobody_away() {
    let grounds =
        "[challenge.appeal]\ngrounds = { value = [\"we got a fact wrong\", \"it is harder than it has to be\"], stated = \"9.9\" }\n";
    let (case, restriction) = restricted(&[("[challenge.appeal]\n", grounds)]).await;
    assert!(
        letter(&case).await.contains("You can do so if: we got a fact wrong it is harder than it has to be"),
        "{}",
        letter(&case).await
    );
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&format!("/appeals/new?restriction={}", restriction.trim_start_matches("/restrictions/"))).await;
    let form = page.fill(&[("grounds", "I was provoked."), ("received_via", "letter")]);
    let refused = adviser.submit(&form).await;
    assert_eq!((refused.status(), refused.error("listed").as_deref()), (422, Some("Choose what it rests on, or that none of these fits")));
    let page = adviser.save(&form.ticked("listed", &["2"])).await;
    assert!(page.says("It rests on: it is harder than it has to be."), "{}", page.text());
}

#[tokio::test]
async fn an_early_review_is_put_before_the_reviewer_within_what_the_policy_promises_and_outside_it() {
    let early = (
        "[challenge]\n",
        "[challenge]\nearly-review = { value = { after = \"1 month\", within = \"10 working days\" }, stated = \"9.9\" }\n",
    );
    let (case, restriction) = restricted(&[early]).await;
    let notice = letter(&case).await;
    assert!(notice.contains("From 12 April 2027 you can ask us for an early review, before that day: ring"), "{notice}");
    assert!(notice.contains("We then look at it within 10 working days of hearing from you."), "{notice}");
    case.house.drain_outbox().await;
    case.house.wait(TimeDelta::minutes(1));
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&restriction).await;
    let page = adviser.click(&page, "Log a request for an early review").await;
    assert!(page.text().replace('\u{a0}', " ").contains("The policy promises one from 12 April 2027 on."), "{}", page.text());
    let future = adviser.submit(&page.fill(&[("why", "He is calm."), ("asked_on", "2027-03-20")])).await;
    assert_eq!(future.error("asked_on").as_deref(), Some("Enter a day that is not in the future"));
    let saved = adviser.save(&page.fill(&[("why", "He is calm.")])).await;
    assert!(saved.says("The policy does not promise one yet."), "{}", saved.text());
    let confirmed = letter(&case).await;
    assert!(confirmed.contains("You asked for an early review") && confirmed.contains("He is calm."), "{confirmed}");
    assert!(confirmed.contains("You can count on an early look from 12 April 2027. Your request came before that."), "{confirmed}");
    assert!(confirmed.contains("By Friday 19 March 2027 they look at it, or tell you why they do not."), "{confirmed}");
    let mails = case.house.drain_outbox().await;
    assert!(mails.iter().any(|(_, subject)| subject == "An early review was asked for"), "{mails:?}");
    assert!(case.count("outbox where subject = 'An early review was asked for' and body_text like '%/reviews/%'").await > 0);
    assert_eq!(case.count("outbox where body_text like '%Ashworth%' and subject like 'An early%'").await, 0, "a mail names nobody");
    assert_eq!(case.count("task where kind = 'review' and due_on = '2027-03-19' and note like '%promises none before%'").await, 1);

    case.house.at("2027-04-12T10:00:00Z");
    let mut adviser = case.person("adviser").await;
    let at = page.address().to_owned();
    let page = adviser.see(&at).await;
    let asked = page.fill(&[("why", "A month of calm.")]);
    let saved = adviser.save(&asked).await;
    let confirmed = letter(&case).await;
    assert!(confirmed.contains("We will look at it by Monday 26 April 2027, and write to tell you what we decide."), "{confirmed}");
    assert!(saved.text().replace('\u{a0}', " ").contains("The policy promises it by 26 April 2027."), "{}", saved.text());
    assert_eq!(case.count("task where kind = 'review' and due_on = '2027-04-26' and done_at is null").await, 1);
    assert_eq!(case.count("event where kind = 'early-review-asked'").await, 2);
    let tasks = case.count("task where kind = 'review'").await;
    let again = adviser.save(&asked).await;
    assert!(again.says("Request saved."), "a second press leads to the same: {}", again.text());
    assert_eq!(case.count("event where kind = 'early-review-asked'").await, 2);
    assert_eq!(case.count("task where kind = 'review'").await, tasks);
    assert_eq!(case.count("letter where kind = 'early-review-received'").await, 2, "a second press writes no third");
    let list = case.person("manager").await.see("/reviews").await;
    assert!(list.says("You may") && !list.says("Nobody may yet"), "a note only says more: {}", list.text());
    let work = case.person("manager").await.see("/my-work").await;
    assert!(work.text().contains("The customer asked for an early review."), "{}", work.text());
}

#[tokio::test]
async fn a_letter_of_a_warning_that_lies_unsent_takes_nothing_of_the_time_to_appeal() {
    let case = Case::under("west-kent", &[WARNINGS]).await;
    let incident = case.incident("threats").await;
    case.decided(&incident, "warning", "He is told what we ask.").await;
    let mut manager = case.person("manager").await;
    let id = incident.trim_start_matches("/incidents/");
    let page = manager.see(&format!("/warnings/new?customer={}&incident={id}&step=management-action&form=written", case.reference)).await;
    let form = page.fill(&[("what", "You shouted."), ("why", "She was afraid."), ("ask", "Please do not shout.")]);
    let form = form.gone_through();
    let preview = manager.submit(&form).await;
    manager.save(&preview.fill(&[("seen", "yes")])).await;
    let at = case.letters().await[0].clone();
    let page = manager.see(&at).await;
    // Made on Wednesday 10 March 2027: ten working days end on the 24th.
    assert!(page.says("24 March 2027") && page.says("you have 10 working days from the day we sent it"), "{}", page.text());
    let sql = "select '/warnings/' || id::text || '/appeal' from warning";
    let appeal: String = sqlx::query_scalar(sql).fetch_one(&mut case.house.owner().await).await.expect("a warning");
    case.house.at("2027-03-18T09:00:00Z");
    let page = case.person("manager").await.see(&at).await;
    case.person("manager").await.save(&page.fill(&[("via", "post")])).await;
    let page = case.person("adviser").await.see(&appeal).await;
    // Good Friday and Easter Monday are 26 and 29 March.
    assert!(page.says("The last day for it is 5 April 2027."), "{}", page.text());
    case.house.at("2027-04-05T09:00:00Z");
    let mut adviser = case.person("adviser").await;
    let page = adviser.see(&appeal).await;
    let form = page.fill(&[("grounds", "I never said that."), ("received_via", "phone")]).ticked("listed", &["1"]);
    assert_eq!(adviser.submit(&form).await.status(), 303, "in time, though the day the letter names is over");
    assert_eq!(case.count("warning_appeal where late_because is null and window_closed_on = '2027-04-05'").await, 1);
}
