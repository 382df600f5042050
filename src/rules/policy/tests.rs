mod alliance_homes;
mod areas;
mod housing_solutions;
mod notting_hill_genesis;
mod one_manchester;
mod signed;
mod west_kent;

use super::*;
use crate::rules::measure::{MeasureKind, Purpose};

/// The five packs in the repository, as their file names have them.
pub(crate) const PACKS: [(&str, &str); 5] = [
    ("one-manchester", include_str!("../../../policies/one-manchester.toml")),
    ("alliance-homes", include_str!("../../../policies/alliance-homes.toml")),
    ("housing-solutions", include_str!("../../../policies/housing-solutions.toml")),
    ("notting-hill-genesis", include_str!("../../../policies/notting-hill-genesis.toml")),
    ("west-kent", include_str!("../../../policies/west-kent.toml")),
];

/// One of the five, read; panics with its faults.
pub(crate) fn pack(slug: &str) -> Policy {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    Policy::read(text).unwrap_or_else(|faults| {
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        panic!("{slug}:\n{}", lines.join("\n"))
    })
}

/// The landlord that does not exist, whose pack uses every key.
pub(crate) fn example() -> Policy {
    Policy::read(include_str!("format/example.toml")).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Whether this is stated in the policy, in a clause whose number begins so.
fn stated(source: &Source, clause: &str) -> bool {
    source.clause().is_some_and(|stated| stated.split([',', ' ']).any(|no| no.starts_with(clause)))
}

impl Policy {
    fn offer_stated(&self, kind: MeasureKind, clause: &str) -> bool {
        self.measures.offer(kind).is_some_and(|offer| stated(&offer.source, clause))
    }

    fn says(&self, kind: LetterKind, part: LetterPart) -> Option<&Source> {
        self.letters.parts(kind).iter().find(|one| one.value == part).map(|one| &one.source)
    }

    fn report(&self, key: &str) -> &Report {
        self.reports.iter().find(|report| report.key == key).unwrap()
    }

    fn hand_off(&self, key: &str) -> &HandOff {
        self.referrals.others.iter().find(|one| one.key == key).unwrap()
    }

    fn threshold(&self, key: &str) -> &Threshold {
        self.behaviour.thresholds.iter().find(|one| one.key == key).unwrap()
    }

    fn always_open(&self, purpose: Purpose) -> bool {
        self.measures.purposes_always_open().contains(&purpose)
    }

    fn reading(&self, key: &str) -> &Reading {
        self.readings.iter().find(|reading| reading.key == key).unwrap()
    }
}

#[test]
fn every_pack_in_the_repository_is_without_fault() {
    for (slug, _) in PACKS {
        pack(slug);
    }
}

/// A pack with one piece of text exchanged, and the faults it then has.
fn faults_with(slug: &str, was: &str, is: &str) -> Vec<Fault> {
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
fn om_17_wk_14_hs_19_ah_07_how_many_warnings_before_a_call_is_ended() {
    let warnings = [("west-kent", 2), ("housing-solutions", 1), ("alliance-homes", 0), ("one-manchester", 1)];
    for (slug, count) in warnings {
        let calls = pack(slug).call_ending;
        assert_eq!(*calls.warnings, count, "{slug}");
    }
    assert_eq!(*pack("alliance-homes").call_ending.tell_why, TellWhy::WherePossible);
}

#[test]
fn hs_16_wk_12_om_25_violence_used_or_threatened_always_goes_to_the_police() {
    for (slug, _) in PACKS {
        let police = pack(slug).referrals.police;
        for danger in [Danger::PhysicalViolenceUsed, Danger::PhysicalViolenceThreatened] {
            assert_eq!(police.forced_by(&[Danger::VerbalAbuse, danger]), Some(danger), "{slug}");
        }
        assert_eq!(police.forced_by(&[Danger::VerbalAbuse]), None, "{slug}");
    }
    assert_eq!(pack("one-manchester").referrals.community_safety.forced_by(&[Danger::SeriousThreat]), Some(Danger::SeriousThreat));
    assert_eq!(pack("alliance-homes").referrals.community_safety.forced_by(&[Danger::VerbalAbuse]), Some(Danger::VerbalAbuse));
}

#[test]
fn om_07_illness_is_a_reason_to_look_at_needs_first() {
    let policy = pack("one-manchester");
    assert_eq!(policy.behaviour.groups().count(), 6);
    assert!(policy.behaviour.category("incapable").unwrap().needs_path_first);
}

#[test]
fn hs_10_demands_need_an_effect_and_abuse_needs_none() {
    let behaviour = pack("housing-solutions").behaviour;
    assert!(behaviour.category("verbal").unwrap().effects_needed.is_empty());
    assert_eq!(behaviour.category("demands").unwrap().effects_needed, ["substantial-impact", "others"]);
}

#[test]
fn nhg_04_any_of_three_effects_has_to_be_shown() {
    let behaviour = pack("notting-hill-genesis").behaviour;
    assert_eq!(behaviour.effects.len(), 3);
    assert!(behaviour.categories.iter().all(|category| !category.effects_needed.is_empty()));
}

#[test]
fn om_15_the_notice_states_what_the_policy_asks_for_and_what_the_ombudsman_expects() {
    let letters = pack("one-manchester").letters;
    let notice = letters.parts(LetterKind::RestrictionNotice);
    let stated: Vec<_> = notice.iter().filter(|part| part.source.clause().is_some()).map(|part| part.value).collect();
    assert_eq!(stated, [LetterPart::Decision, LetterPart::Reasons, LetterPart::EarlierWarnings, LetterPart::Terms, LetterPart::Length]);
    for (slug, _) in PACKS {
        let letters = pack(slug).letters;
        let parts: Vec<_> = letters.parts(LetterKind::RestrictionNotice).iter().map(|part| part.value).collect();
        for needed in [LetterPart::HowToAppeal, LetterPart::ReviewDay, LetterPart::Ombudsman, LetterPart::AlwaysOpen] {
            assert!(parts.contains(&needed), "{slug}: {needed}");
        }
    }
}

#[test]
fn om_19_hs_36_whether_the_complaints_procedure_is_open_after_an_appeal() {
    let route = |slug: &str| *pack(slug).challenge.appeal.complaint;
    assert_eq!(route("one-manchester"), ComplaintRoute::ClosedAfterAppeal);
    assert_eq!(route("housing-solutions"), ComplaintRoute::Alongside);
    assert_eq!(route("west-kent"), ComplaintRoute::Open);
}

#[test]
fn each_landlord_has_its_own_word_for_a_restriction() {
    let words: Vec<_> = PACKS.iter().map(|(slug, _)| pack(slug).words.restriction.a.clone()).collect();
    assert_eq!(
        words,
        ["a restriction", "a managed behaviour restriction", "a communication protocol", "a contact agreement", "a contact arrangement"]
    );
    assert_eq!(pack("west-kent").words.restriction.heading(), "Contact arrangement");
}

#[test]
fn hs_01_a_month_without_a_day_is_a_month() {
    let document = pack("housing-solutions").document;
    assert_eq!(document.next_review.unwrap().to_string(), "October 2021");
    assert_eq!(document.approved.unwrap().to_string(), "30\u{a0}October 2018");
}

#[test]
fn a_default_never_claims_that_the_policy_says_it() {
    let policy = pack("notting-hill-genesis");
    let source = &policy.challenge.appeal.window.source;
    assert_eq!(source.clause(), None);
    assert!(source.say().starts_with("The policy does not say."), "{}", source.say());
}

#[test]
fn a_letter_is_not_asked_for_a_part_it_could_never_fill() {
    let fault = only_fault("west-kent", "lifted = [\n", "lifted = [\n  { value = \"what-we-ask\", default = \"Misread.\" },\n");
    assert_eq!(fault.place, "letters.lifted.1");
    assert!(fault.says.starts_with("\"what-we-ask\" is not one of the words that can stand here."), "{}", fault.says);
}

/// What a pack of the example becomes with one piece of text exchanged: the places of its faults.
fn places_with(was: &str, is: &str) -> Vec<String> {
    let text = include_str!("format/example.toml");
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
            "channels = { value = [\"phone\", \"email\", \"text\", \"letter\", \"person\", \"visit\", \"social\"]",
            "channels = { value = [\"visit\", \"social\"]",
            &["people.channels"],
        ),
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
    let text = include_str!("format/example.toml");
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

/// The six invented landlords, who were written from the printed format alone.
#[test]
fn every_invented_landlord_is_without_fault() {
    let packs = [
        include_str!("../../../tests/packs/saltmarsh.toml"),
        include_str!("../../../tests/packs/kirkbrae.toml"),
        include_str!("../../../tests/packs/almswell.toml"),
        include_str!("../../../tests/packs/toldervale.toml"),
        include_str!("../../../tests/packs/ballynoe.toml"),
        include_str!("../../../tests/packs/harbourlight.toml"),
    ];
    for pack in packs {
        let faults = check(pack).faults;
        assert!(faults.is_empty(), "{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}
