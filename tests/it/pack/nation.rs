//! Working days are counted by one calendar, the policy's: in Scotland St Andrew's Day is none, nor anywhere a day on which it is closed.

use chrono::NaiveDate;

use crate::journey::case::Case;

const SCOTTISH: (&str, &str) = ("nation = { value = \"england-and-wales\"", "nation = { value = \"scotland\"");

const CLOSED: (&str, &str) =
    ("\n[terms]\n", "\n[clocks]\nclosed = { value = [\"30 November to 1 December\"], stated = \"1.2\" }\n\n[terms]\n");

/// The day each task of a kind is due.
async fn due(case: &Case, kind: &str) -> Vec<NaiveDate> {
    let sql = "select due_on from task where kind = $1 order by due_on";
    sqlx::query_scalar(sql).bind(kind).fetch_all(&mut case.house.owner().await).await.expect("tasks can be read")
}

/// An incident logged on the Friday before St Andrew’s Day 2027, a Tuesday, and a warning letter made on the Monday.
async fn around_st_andrews_day(changes: &[(&str, &str)]) -> (Vec<NaiveDate>, Vec<NaiveDate>) {
    let case = Case::under("west-kent", changes).await;
    case.house.at("2027-11-26T10:00:00Z");
    let incident = case.incident(&case.policy.behaviour.categories[0].key).await;
    let read_by = due(&case, "incident").await;
    case.house.at("2027-11-29T10:00:00Z");
    let page = case.decided(&incident, "warning", "He shouted at a member of staff.").await;
    assert!(page.status() < 400, "{}", page.text());
    let step = case.policy.ladder.warnings().last().expect("a warning").key.clone();
    case.warned(&incident, &step, "written").await;
    (read_by, due(&case, "letter").await)
}

#[tokio::test]
async fn a_scottish_policy_counts_no_st_andrews_day_for_reading_an_incident_or_sending_a_letter() {
    let (read_by, sent_by) = around_st_andrews_day(&[]).await;
    let (scots_read_by, scots_sent_by) = around_st_andrews_day(&[SCOTTISH]).await;
    let day = |day| NaiveDate::from_ymd_opt(2027, 12, day).expect("a day");
    let tuesday = NaiveDate::from_ymd_opt(2027, 11, 30).expect("a day");
    assert_eq!((read_by, sent_by), (vec![tuesday], vec![day(1)]), "two working days each, in England");
    assert_eq!((scots_read_by, scots_sent_by), (vec![day(1)], vec![day(2)]), "and the Tuesday is none of them in Scotland");
}

#[tokio::test]
async fn the_days_on_which_the_offices_are_closed_are_no_working_days() {
    let (read_by, sent_by) = around_st_andrews_day(&[CLOSED]).await;
    let day = |day| NaiveDate::from_ymd_opt(2027, 12, day).expect("a day");
    assert_eq!((read_by, sent_by), (vec![day(2)], vec![day(3)]), "two working days each, Tuesday and Wednesday left out");
}
