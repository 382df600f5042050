use super::*;

/// A pack with one piece of text exchanged, and the faults it then has.
pub(super) fn faults_with(slug: &str, was: &str, is: &str) -> Vec<Fault> {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    assert!(text.contains(was), "{was} is not in the pack of {slug}");
    Policy::read(&text.replacen(was, is, 1)).unwrap_err()
}

fn only_fault(slug: &str, was: &str, is: &str) -> Fault {
    let faults = faults_with(slug, was, is);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.into_iter().next().unwrap()
}

#[test]
fn a_misspelt_key_is_refused_with_its_line_and_chapter() {
    let fault = only_fault("west-kent", "\nlongest = {", "\nlongestt = {");
    assert_eq!(fault.place, "terms.longestt");
    assert_eq!(fault.says, "There is no key \"longestt\" here. Did you mean \"longest\"?");
    let line = PACKS[4].1.lines().position(|line| line.starts_with("longest = {")).unwrap() + 1;
    assert_eq!(fault.line, Some(line));
}

#[test]
fn a_value_without_its_source_is_refused() {
    let fault = only_fault("west-kent", "warnings = { value = 2, stated = \"5.5\" }", "warnings = { value = 2 }");
    assert!(fault.says.starts_with("Say where this comes from"), "{fault}");
    assert!(fault.line.is_some());
}

#[test]
fn a_reading_needs_the_person_who_chose_it_and_the_day() {
    let fault = only_fault("west-kent", "warnings = { value = 2, stated = \"5.5\" }", "warnings = { value = 2, interpretation = \"two\" }");
    assert!(fault.says.starts_with("A reading needs `by`"), "{fault}");
}

#[test]
fn a_length_without_its_unit_is_refused() {
    let fault = only_fault("west-kent", "usual = { value = \"6 months\"", "usual = { value = \"6\"");
    assert!(fault.says.contains("number and a unit"), "{fault}");
}

#[test]
fn a_length_written_another_way_says_what_was_meant() {
    let says = |is: &str| only_fault("west-kent", "usual = { value = \"6 months\"", &format!("usual = {{ value = \"{is}\"")).says;
    assert_eq!(says("-3 days"), "A length cannot be less than nothing.");
    assert_eq!(says("5wd"), "This is not a length. Did you mean 5 working days?");
    assert_eq!(says("20 workdays"), "This is not a length. Did you mean 20 working days?");
}

#[test]
fn a_missing_chapter_and_an_unknown_one_are_both_said() {
    let faults = faults_with("west-kent", "\n[terms]", "\n[durations]");
    let says: Vec<_> = faults.iter().map(|fault| fault.says.as_str()).collect();
    assert!(says.iter().any(|says| says.starts_with("The chapter [terms] is missing")), "{says:?}");
    assert!(says.contains(&"There is no chapter called [durations]."), "{says:?}");
}

#[test]
fn faults_of_several_chapters_are_said_at_once() {
    let (_, text) = PACKS[0];
    let broken = text.replace("reach = \"director\"", "reach = \"emperor\"").replace("suspends = ", "delays = ");
    let places: Vec<_> = Policy::read(&broken).unwrap_err().into_iter().map(|fault| fault.place).collect();
    assert_eq!(
        places,
        ["roles.director.reach", "roles.director-of-communities.reach", "challenge.appeal.suspends", "challenge.appeal.delays"]
    );
}

#[test]
fn a_role_nobody_knows_is_named_with_those_there_are() {
    let fault = only_fault("housing-solutions", "of = \"head-of-service\"", "of = \"head-of-services\"");
    assert_eq!(fault.says, "No role has the key \"head-of-services\". Did you mean \"head-of-service\"?");
}

#[test]
fn a_circle_in_the_ladder_is_refused() {
    let fault = only_fault("west-kent", "after = []", "after = [\"formal-action\"]");
    assert!(fault.says.starts_with("Nobody can reach management-action, formal-action"), "{fault}");
}

#[test]
fn a_policy_cannot_leave_out_what_is_always_open() {
    let text = PACKS[1].1;
    let line = text.lines().find(|line| line.contains("purpose = \"safeguarding\"")).unwrap();
    let fault = only_fault("alliance-homes", line, "");
    assert!(fault.says.starts_with("\"safeguarding\" is missing."), "{fault}");
}

#[test]
fn more_warnings_than_words_is_refused() {
    let fault = only_fault("west-kent", "warnings = { value = 2,", "warnings = { value = 3,");
    assert_eq!(fault.says, "3 warnings are needed and there are words for 2. Add the rest.");
}

#[test]
fn a_usual_length_longer_than_the_longest_is_refused() {
    let fault = only_fault("alliance-homes", "usual = { value = \"3 months\"", "usual = { value = \"7 months\"");
    assert_eq!(fault.says, "The usual length, 7 months, is longer than the longest, 6 months.");
}

#[test]
fn text_that_is_not_a_pack_is_a_fault_and_never_a_panic() {
    for text in ["", "=", "[roles", "roles = 3", "\u{0}", "[document]\ntitle = 2027-13-45"] {
        assert!(!Policy::read(text).unwrap_err().is_empty(), "{text:?}");
    }
}

#[test]
fn a_letter_is_not_asked_for_a_part_it_could_never_fill() {
    let fault = only_fault("west-kent", "lifted = [\n", "lifted = [\n  { value = \"what-we-ask\", default = \"Misread.\" },\n");
    assert_eq!(fault.place, "letters.lifted.1");
    assert!(fault.says.starts_with("\"what-we-ask\" is not one of the words that can stand here."), "{}", fault.says);
}

/// What a pack of the example becomes with one piece of text exchanged: the places of its faults.
fn places_with(was: &str, is: &str) -> Vec<String> {
    let text = include_str!("../format/example.toml");
    assert!(text.contains(was), "{was} is not in the example");
    let places = Policy::read(&text.replacen(was, is, 1)).err().unwrap_or_default();
    places.into_iter().map(|fault| fault.place).collect()
}

/// What people wrote, or might have, and no landlord could have meant.
#[test]
fn what_nobody_could_follow_is_a_fault_at_its_place() {
    let absurd = [
        (
            "adviser = { title = \"Customer Adviser\", reach = \"frontline\"",
            "adviser = { title = \"Customer Adviser\", reach = \"manager\"",
            &[][..],
        ),
        (
            "{ kind = \"authorise\", of = \"head-of-service\", may",
            "{ kind = \"authorise\", of = \"adviser\", may",
            &["authority.rules.1.stages.2.of"],
        ),
        ("may = [\"approve\", \"return\", \"decline\"]", "may = [\"return\", \"decline\"]", &["authority.rules.1.stages.2.may"]),
        ("of = \"director\", count = 2", "of = \"director\", count = 200", &["authority.rules.2.stages.1.count"]),
        (
            "by = \"director-of-homes\", source = { stated = \"6.5\" }",
            "by = \"director\", source = { stated = \"6.5\" }",
            &["authority.substitutes"],
        ),
        (
            "outcomes = { value = [\"continue\", \"vary\", \"lift\", \"lift-on-undertaking\"]",
            "outcomes = { value = [\"continue\", \"vary\"]",
            &["reviews.outcomes"],
        ),
        (
            "outcomes = { value = [\"uphold\", \"vary\", \"quash\", \"remit\"], stated = \"8.4\"",
            "outcomes = { value = [\"uphold\"], stated = \"8.4\"",
            &["challenge.appeal.outcomes"],
        ),
        ("  { value = \"terms\", stated = \"5.8\" },\n", "", &["letters.restriction-notice"]),
        (
            "  { value = \"how-to-appeal\", stated = \"8.1\" },\n  { value = \"reconsideration\"",
            "  { value = \"reconsideration\"",
            &["letters.restriction-notice"],
        ),
        (
            "[challenge.reconsideration]\ngrounds = { value = [\"something in your life has changed\", \"we got a fact wrong\"], stated = \"8.9\" }\ndecider = { value = \"head-of-service\", stated = \"8.9\" }\nnever-decides = { value = [\"proposed\", \"logged\", \"affected\", \"complained-about\", \"authorised\"], stated = \"8.9\" }\ndecide-within = { value = \"10 working days\", stated = \"8.9\" }\n",
            "",
            &["letters.restriction-notice.reconsideration"],
        ),
        ("letter = \"restriction-notice\"\nafter", "letter = \"lifted\"\nafter", &["ladder.steps.plan.letter"]),
        ("route = \"both\"\nprocess = \"Community safety\"\n", "route = \"both\"\n", &["behaviour.categories.violence.process"]),
        ("phone = \"0300 111 3000\"", "phone = \"ring Bob\"", &["onward.ombudsman.phone"]),
        ("email = \"complaints@fernhollow.example\"", "email = \"nope\"", &["onward.complaints.email"]),
        (
            "guard = \"Nothing the tenancy or the law gives them is taken away\"",
            "guard = \"neds\"",
            &["measures.offered.end-direct-contact.guard"],
        ),
        ("conflicts-with = [\"sight\",", "conflicts-with = [\"sihgt\",", &["measures.offered.end-direct-contact.conflicts-with"]),
        ("next-review = \"April 2029\"", "next-review = 1988-04-01", &["document.next-review"]),
        (
            "channels = { value = [\"phone\", \"email\", \"text\", \"letter\", \"person\", \"visit\", \"social\", \"online\", \"chat\"]",
            "channels = { value = [\"visit\", \"social\"]",
            &["people.channels"],
        ),
        (
            "leaves = [\"letter\", \"email\", \"online\"]",
            "leaves = [\"letter\", \"phone\"]",
            &["measures.offered.end-direct-contact.leaves"],
        ),
        ("leaves = [\"letter\", \"email\", \"online\"]", "leaves = [\"social\"]", &["measures.offered.end-direct-contact.leaves"]),
        ("leaves = [\"letter\", \"email\", \"online\"]", "leaves = []", &["measures.offered.end-direct-contact.leaves"]),
        ("\"social\", \"online\", \"chat\"]", "\"social\", \"chat\"]", &["measures.offered.end-direct-contact.leaves"]),
        ("about = \"So many contacts", "leaves = [\"letter\"]\nabout = \"So many contacts", &["measures.offered.quota.leaves"]),
        ("measures = [\"end-direct-contact\"]\nsource", "measures = [\"documents\"]\nsource", &["ladder.steps.no-contact.measures"]),
        ("measures = [\"end-direct-contact\"]\nsource", "source", &["ladder.steps"]),
        ("after = []", "after = []\nmeasures = [\"times\"]", &["ladder.steps.talk.measures"]),
        ("steps = [\"no-contact\"]", "steps = [\"no-contcat\"]", &["authority.rules.4.when.steps"]),
        ("after = { any = [\"warning\"] }", "after = { any = [] }", &["ladder.steps.final-warning.after"]),
        ("proposer = { value = \"manager\"", "proposer = { value = \"adviser\"", &["authority.proposer"]),
        ("proposer = { value = \"manager\"", "proposer = { value = \"company-secretary\"", &["authority.proposer"]),
        ("clerk = \"company-secretary\"", "clerk = \"adviser\"", &["bodies.case-panel.clerk"]),
        (
            "members = [\"head-of-service\", \"director\"]",
            "members = [\"director-of-homes\"]",
            &["bodies.case-panel.quorum", "bodies.case-panel.make-up.1.of"],
        ),
        ("clock = \"approval\", does = \"escalate\"", "clock = \"approval\", does = \"lapse\"", &["clocks.on-the-day.1.does"]),
        ("on = \"second Tuesday\"", "on = \"first Tuesday\"", &["reviews.tiers.quarterly.first"]),
        ("on = \"second Tuesday\"", "on = \"2nd Tuesday\"", &["reviews.tiers.quarterly.on"]),
        ("every = \"3 months\"\non = ", "every = \"6 weeks\"\non = ", &["reviews.tiers.quarterly.on"]),
        ("\"27 December to 31 December\"", "\"1 August to 31 December\"", &["clocks.closed"]),
        ("\"27 December to 31 December\"", "\"27 December until New Year\"", &["clocks.closed.2"]),
        ("seats = 5\nquorum = 3", "seats = 1\nquorum = 1", &["bodies.case-panel.seats"]),
        ("cap = { value = \"24 months\"", "cap = { value = \"2 months\"", &["terms.usual", "terms.for-severity.1.usual"]),
        ("{ of = \"head-of-service\", least = 1 }", "{ of = \"manager\", least = 1 }", &["bodies.case-panel.make-up.1.of"]),
        ("{ of = \"head-of-service\", least = 1 }", "{ of = \"head-of-service\", least = 6 }", &["bodies.case-panel.make-up"]),
        ("{ of = \"head-of-service\", least = 1 }", "{ of = \"head-of-service\", least = 0 }", &["bodies.case-panel.make-up.1.least"]),
    ];
    for (was, is, places) in absurd {
        assert_eq!(places_with(was, is), places, "{is}");
    }
}

#[test]
fn a_pack_without_rules_of_authority_or_without_anything_is_only_faulty() {
    let text = include_str!("../format/example.toml");
    let start = text.find("[[authority.rules]]").unwrap();
    let end = text.find("[clocks]").unwrap();
    let without = format!("{}rules = []\n\n{}", &text[..start], &text[end..]);
    let checked = check(&without);
    assert!(checked.faults.iter().any(|fault| fault.place == "authority.rules"), "{:?}", checked.faults);
    let nothing = check("# nothing yet\n");
    assert!(nothing.faults.len() > 15 && nothing.findings.is_empty(), "{:?}", nothing.findings);
    let says: Vec<String> = check(" \n").faults.iter().map(|fault| fault.says.clone()).collect();
    assert_eq!(says, ["The file is empty. `evenhand policy schema` prints one to begin from."]);
}

#[test]
fn the_quotes_of_a_word_processor_are_named() {
    let fault = &check("[document]\nlandlord = “Fernhollow Homes”\n").faults[0];
    assert!(fault.says.contains("word processor") && fault.line == Some(2), "{fault}");
}
