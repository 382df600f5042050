//! Reports: the time one covers, which numbers are too small to print, and who signs it off.

use chrono::{Datelike, Months, NaiveDate};

use super::authority::{History, Person};
use super::days::Unit;
use super::policy::{InEach, Policy, Report};
use super::say;

/// One number of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It is printed.
    Number(u32),
    /// It is too small, or would give away one that is. Printed as a dash with the rule beside it.
    Hidden,
}

/// Whether a report counts a case: of this kind of person, for these kinds of behaviour.
pub fn is_of(policy: &Policy, report: &Report, subject: &str, behaviours: &[String]) -> bool {
    report.of.as_ref().is_none_or(|of| {
        let grave = policy.behaviour.gravest(behaviours);
        (of.subjects.is_empty() || of.subjects.iter().any(|one| one == subject))
            && policy.behaviour.any_of(behaviours, &of.categories)
            && of.from_severity.is_none_or(|least| grave.is_some_and(|one| one >= least))
    })
}

/// The numbers of one row as they are printed. A number below the report's smallest is hidden, unless it is nought: nobody can be recognised in
/// nobody. Where the row's total is printed beside it, one hidden number alone could be worked out, so the next smallest is hidden too.
pub fn printed(report: &Report, numbers: &[u32], with_total: bool) -> Vec<Cell> {
    let smallest = u32::from(report.hide_below);
    let mut cells: Vec<Cell> =
        numbers.iter().map(|number| if (1..smallest).contains(number) { Cell::Hidden } else { Cell::Number(*number) }).collect();
    let hidden = cells.iter().filter(|cell| **cell == Cell::Hidden).count();
    if with_total && hidden == 1 {
        let next = cells.iter().enumerate().filter_map(|(place, cell)| match cell {
            Cell::Number(number) if *number > 0 => Some((*number, place)),
            _ => None,
        });
        if let Some((_, place)) = next.min() {
            cells[place] = Cell::Hidden;
        }
    }
    cells
}

/// Why numbers may be missing from a report, for the foot of it; none where all are printed.
pub fn note(report: &Report) -> Option<String> {
    (report.hide_below > 1)
        .then(|| format!("Numbers below {} are not printed, so that nobody can be recognised.", say::number(report.hide_below)))
}

/// The first and last day of the time a report covers that was made on a day: the last whole period before it. Periods of months begin with the
/// months of the year that they divide; any other length ends with the day before.
pub fn covers(policy: &Policy, report: &Report, made_on: NaiveDate) -> (NaiveDate, NaiveDate) {
    let months = match report.every.unit() {
        Unit::Months => u32::from(report.every.amount()),
        Unit::Years => u32::from(report.every.amount()) * 12,
        Unit::Hours | Unit::Days | Unit::WorkingDays | Unit::Weeks => 0,
    };
    if months == 0 || (12 % months != 0 && months % 12 != 0) {
        let last = made_on.pred_opt().unwrap_or(made_on);
        let first = report.every.before(made_on, policy.calendar());
        return (first, last);
    }
    let within_year = months.min(12);
    let of_month = made_on.with_day(1).unwrap_or(made_on);
    let since = of_month.month0() % within_year;
    let end = of_month - Months::new(since);
    (end - Months::new(months), end.pred_opt().unwrap_or(end))
}

/// One signature under a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Who signed.
    pub by: Person,
    /// The title of the team they belong to.
    pub team: String,
}

/// Whether a report may leave: signed off by whom the policy names, where it names somebody; a report in parts, by one of them in each team.
///
/// # Errors
/// A sentence that says who has to sign it off, and which teams' signatures are missing.
pub fn may_leave(policy: &Policy, report: &Report, teams: &[String], signed: &[Signature]) -> Result<(), String> {
    let Some(who) = &report.signed_off_by else { return Ok(()) };
    let counts = |one: &&Signature| History::default().holds(policy, who, &one.by);
    let by = who.say(&policy.roles);
    let Some(InEach::Team) = report.for_each else {
        return match signed.iter().any(|one| counts(&one)) {
            true => Ok(()),
            false => Err(format!("“{}” leaves once {by} has signed it off.", report.title)),
        };
    };
    let missing: Vec<&String> = teams.iter().filter(|team| !signed.iter().filter(counts).any(|one| one.team == **team)).collect();
    match missing.is_empty() {
        true => Ok(()),
        false => {
            Err(format!("“{}” leaves once {by} has signed it off in each team. Still to sign: {}.", report.title, say::list(&missing)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::id::StaffId;
    use crate::rules::policy::tests::{example, pack};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn signed(role: &str, team: &str) -> Signature {
        Signature { by: Person { id: StaffId(Uuid::from_u128(1)), roles: vec![role.to_owned()] }, team: team.to_owned() }
    }

    fn quarterly() -> Report {
        example().reports[0].clone()
    }

    /// policy-pack.md 21: each report has its population.
    #[test]
    fn a_report_counts_the_people_and_the_behaviour_it_is_of() {
        let policy = example();
        let report = policy.reports.iter().find(|one| one.of.is_some()).expect("a report of some");
        let kinds = |keys: &[&str]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(is_of(&policy, report, "tenant", &kinds(&["violence"])), "violence is within abuse, and grave enough");
        assert!(!is_of(&policy, report, "representative", &kinds(&["violence"])));
        assert!(!is_of(&policy, report, "tenant", &kinds(&["demands"])));
        assert!(is_of(&policy, &quarterly(), "representative", &kinds(&["demands"])), "a report of nobody in particular counts everybody");
    }

    /// policy-pack.md 21: small numbers are not printed.
    #[test]
    fn a_number_below_five_is_hidden_and_so_is_the_one_it_could_be_worked_out_from() {
        use Cell::{Hidden, Number};
        assert_eq!(printed(&quarterly(), &[12, 3, 0, 7], false), [Number(12), Hidden, Number(0), Number(7)]);
        assert_eq!(printed(&quarterly(), &[12, 3, 0, 7], true), [Number(12), Hidden, Number(0), Hidden]);
        assert_eq!(printed(&quarterly(), &[12, 3, 1, 7], true), [Number(12), Hidden, Hidden, Number(7)]);
        assert_eq!(printed(&quarterly(), &[5, 0], true), [Number(5), Number(0)]);
    }

    proptest! {
        #[test]
        fn no_hidden_number_can_be_worked_out_from_the_total(numbers in proptest::collection::vec(0_u32..12, 2..8)) {
            let report = quarterly();
            let cells = printed(&report, &numbers, true);
            let hidden: Vec<u32> = numbers.iter().zip(&cells).filter(|(_, cell)| **cell == Cell::Hidden).map(|(number, _)| *number).collect();
            for (number, cell) in numbers.iter().zip(&cells) {
                match cell {
                    Cell::Number(printed) => prop_assert!(printed == number && (*number == 0 || *number >= 5)),
                    Cell::Hidden => prop_assert!(*number > 0),
                }
            }
            let others = numbers.iter().filter(|number| **number > 0).count();
            prop_assert!(hidden.len() != 1 || others == 1, "{numbers:?} {cells:?}");
        }
    }

    #[test]
    fn a_quarterly_report_covers_the_last_whole_quarter_and_a_yearly_one_the_last_year() {
        let mut report = quarterly();
        assert_eq!(covers(&example(), &report, day("2027-04-01")), (day("2027-01-01"), day("2027-03-31")));
        assert_eq!(covers(&example(), &report, day("2027-03-31")), (day("2026-10-01"), day("2026-12-31")));
        assert_eq!(covers(&example(), &report, day("2028-02-29")), (day("2027-10-01"), day("2027-12-31")));
        report.every = "12 months".parse().unwrap();
        assert_eq!(covers(&example(), &report, day("2027-04-01")), (day("2026-01-01"), day("2026-12-31")));
        report.every = "1 year".parse().unwrap();
        assert_eq!(covers(&example(), &report, day("2027-12-31")), (day("2026-01-01"), day("2026-12-31")));
        report.every = "2 weeks".parse().unwrap();
        assert_eq!(covers(&example(), &report, day("2027-03-15")), (day("2027-03-01"), day("2027-03-14")));
    }

    #[test]
    fn it_leaves_once_whoever_the_policy_names_has_signed() {
        let policy = example();
        let report = quarterly();
        let teams = ["Lettings".to_owned()];
        assert_eq!(may_leave(&policy, &report, &teams, &[signed("director-of-homes", "Executive")]), Ok(()));
        let refused = "“Use of the policy” leaves once the Director of Homes has signed it off.";
        assert_eq!(may_leave(&policy, &report, &teams, &[signed("manager", "Lettings")]), Err(refused.to_owned()));
        assert_eq!(may_leave(&policy, &report, &teams, &[]), Err(refused.to_owned()));
        assert_eq!(note(&report).as_deref(), Some("Numbers below 5 are not printed, so that nobody can be recognised."));
    }

    #[test]
    fn nhg_11_every_manager_signs_for_what_is_in_place_in_their_own_team() {
        let policy = pack("notting-hill-genesis");
        let report = policy.reports.iter().find(|report| report.key == "measures-in-place").unwrap();
        let teams = ["Lettings".to_owned(), "Repairs".to_owned()];
        let both = [signed("manager", "Lettings"), signed("manager", "Repairs")];
        assert_eq!(may_leave(&policy, report, &teams, &both), Ok(()));
        let one =
            "“Prevention, response and support in each team” leaves once a Manager has signed it off in each team. Still to sign: Repairs.";
        assert_eq!(may_leave(&policy, report, &teams, &both[..1]), Err(one.to_owned()));
        let by_others = [signed("manager", "Lettings"), signed("adviser", "Repairs")];
        assert_eq!(may_leave(&policy, report, &teams, &by_others), Err(one.to_owned()), "an adviser does not sign");
    }

    #[test]
    fn each_of_the_five_reports_to_the_audience_its_policy_names() {
        for slug in ["one-manchester", "alliance-homes", "housing-solutions", "notting-hill-genesis", "west-kent"] {
            let policy = pack(slug);
            assert!(!policy.reports.is_empty() && policy.reports.iter().all(|report| !report.audience.is_empty()), "{slug}");
        }
    }
}
