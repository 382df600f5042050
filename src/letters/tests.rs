mod cast;
mod own;

use cast::*;

use super::*;
use crate::rules::appeal::LastDays;
use crate::rules::measure::{Block, Term};
use crate::rules::policy::LetterPart;

fn kept(name: &str, letter: &Letter) -> String {
    assert_eq!(letter.missing_parts(), []);
    let text = letter.text();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, text);
    });
    text
}

#[test]
fn a_notice_says_decision_reasons_earlier_warnings_restriction_and_length_om_4_0() {
    kept("notice_one_manchester", &Letter::Restriction(notice("one-manchester")));
}

#[test]
fn a_notice_is_time_limited_subject_to_review_and_names_reconsideration_ah_3_2_and_4() {
    let text = kept("notice_alliance_homes", &Letter::Restriction(notice("alliance-homes")));
    assert!(text.contains("managed behaviour restriction"));
    assert!(text.contains("within 10 working days of hearing from you"));
}

#[test]
fn a_protocol_says_method_frequency_main_contact_and_topics_hs_6_5_4() {
    let mut notice = notice("housing-solutions");
    notice.decided.appeal_by = LastDays::default();
    let text = kept("notice_housing_solutions", &Letter::Restriction(notice));
    assert!(text.contains("You can make an appeal at any time while it lasts."));
    assert!(text.contains("You can make a complaint to us as well as an appeal."));
}

#[test]
fn a_contact_agreement_is_a_restriction_and_promises_a_review_nhg_5_0() {
    kept("notice_notting_hill_genesis", &Letter::Restriction(notice("notting-hill-genesis")));
}

#[test]
fn a_contact_arrangement_says_why_how_and_how_long_and_asks_for_appeals_in_writing_wk_6_2_and_6_3() {
    let mut notice = notice("west-kent");
    notice.decided.appeal_by = LastDays::default();
    let text = kept("notice_west_kent", &Letter::Restriction(notice));
    assert!(text.contains("we will write it down for you"));
}

#[test]
fn a_restriction_without_a_last_day_says_so_and_still_names_its_review_om_7_0() {
    let mut notice = notice("one-manchester");
    notice.decided.until = None;
    let text = Letter::Restriction(notice).text();
    assert!(text.contains("How we will keep in touch from now on"));
    assert!(text.contains("It has no last day."));
    assert!(text.contains("We will look at this again by Tuesday 1 June 2027."));
}

#[test]
fn a_step_left_out_is_explained_hs_6_5() {
    let mut notice = notice("housing-solutions");
    notice.warnings =
        EarlierWarnings::LeftOut { because: "On 22 February 2027 you said that you would hit a member of staff.".into(), given: vec![] };
    let text = Letter::Restriction(notice).text();
    assert!(text.contains("This is why:\n\nOn 22 February 2027 you said that you would hit a member of staff."));
}

#[test]
fn a_customer_who_was_not_asked_is_told_so_and_asked_now() {
    let mut notice = notice("one-manchester");
    notice.account = Account::NotAsked(String::new());
    let text = Letter::Restriction(notice).text();
    assert!(text.contains("We decided this without asking you for your side first.\n\nWe want to hear it now."));
}

#[test]
fn a_warning_says_what_happened_what_we_ask_and_invites_a_talk_wk_6_1() {
    let text = kept("warning_west_kent", &Letter::Warning(warning("west-kent", "management-action")));
    assert!(text.contains("We call this step “Management action”."));
}

#[test]
fn an_initial_warning_says_what_may_follow_hs_5_2_and_6_5_1() {
    let text = kept("initial_warning_housing_solutions", &Letter::Warning(warning("housing-solutions", "initial-warning")));
    assert!(text.contains("we call that step “Formal warning”"));
}

#[test]
fn a_formal_warning_says_that_communication_will_be_looked_at_again_hs_6_5_2() {
    let text = kept("formal_warning_housing_solutions", &Letter::Warning(warning("housing-solutions", "formal-warning")));
    assert!(text.contains("- look again at how we and you keep in touch"));
    assert!(text.contains("12 months after we have looked at the matter again and closed it"));
}

#[test]
fn an_informal_step_in_writing_is_not_called_a_warning_ah_3_2() {
    let text = kept("warning_alliance_homes", &Letter::Warning(warning("alliance-homes", "informal-conversation")));
    assert!(!text.to_lowercase().contains("warning"));
}

#[test]
fn a_written_warning_of_a_landlord_whose_policy_says_little_claims_nothing_for_it_nhg_5_0() {
    let text = kept("warning_notting_hill_genesis", &Letter::Warning(warning("notting-hill-genesis", "written-warning")));
    assert!(!text.contains("our policy says"));
}

#[test]
fn a_change_takes_the_place_of_what_was_written_before() {
    kept("variation_one_manchester", &Letter::Variation(variation("one-manchester")));
}

#[test]
fn an_end_opens_every_way_again_and_takes_away_its_blocks() {
    let mut lifting = lifting("west-kent");
    lifting.terms.push(Term::TechnicalBlock { what: Block::Number, detail: "ends in 118".into(), removed_with_restriction: true }.into());
    let text = kept("lifting_west_kent", &Letter::Lifting(lifting));
    assert!(text.contains("We take away every block that belonged to it."));
}

#[test]
fn an_appeal_that_nobody_decided_is_said_to_be_closed_and_a_complaint_to_be_open() {
    let says = "Your appeal of 28 April 2027 is closed without a decision, because what it was against has ended.";
    let lifting = Lifting { closed: Closed { appeal: Some(day("2027-04-28")), request: None }, ..lifting("west-kent") };
    assert!(Letter::Lifting(lifting).text().contains(says));
    let ends = Reviewed::Ends { terms: vec![samina().into()], closed: Closed { appeal: Some(day("2027-04-28")), request: None } };
    let text = Letter::Review(review("west-kent", ends)).text();
    assert!(text.contains(says) && text.contains("you can make a complaint to us"), "{text}");
}

#[test]
fn a_review_that_continues_says_why_it_stays_and_for_how_long_ah_3_4() {
    let text = kept("review_stays_alliance_homes", &Letter::Review(review("alliance-homes", Reviewed::Stays(longer()))));
    assert!(text.contains("Why it stays"));
    assert!(text.contains("The last day is 2 September 2027."));
}

#[test]
fn a_review_that_asks_for_an_undertaking_gives_its_words_and_the_last_day_for_it() {
    let letter = Letter::Review(review("west-kent", on_undertaking()));
    let text = kept("review_undertaking_west_kent", &letter);
    assert!(text.contains("> I will speak to staff without shouting") && text.contains("send it back to us by Monday 21 June 2027."));
    assert!(text.contains("Until then it stays as it is.") && text.contains("How long this lasts"));
    let Reviewed::OnUndertaking { decided, sign_by, .. } = on_undertaking() else { unreachable!() };
    let without = Reviewed::OnUndertaking { decided, words: " ".into(), sign_by };
    assert_eq!(Letter::Review(review("west-kent", without)).missing_parts(), [LetterPart::Decision]);
}

#[test]
fn a_review_that_ends_it_says_so_first() {
    kept(
        "review_ends_housing_solutions",
        &Letter::Review(review("housing-solutions", Reviewed::Ends { terms: vec![samina().into()], closed: Closed::default() })),
    );
}

#[test]
fn a_request_to_look_again_says_who_answers_it_and_by_when_ah_4() {
    let text = kept("asked_again_alliance_homes", &Letter::ReconsiderationReceived(asked_again("alliance-homes")));
    assert!(text.contains("The Service Director Customer Operations will look at it again."));
    assert!(text.contains("We will write to you with an answer by Friday 23 April 2027."));
    assert!(!text.contains("You can ask us to look again at any time"), "they have asked already");
}

#[test]
fn an_answer_that_keeps_it_says_why_and_how_an_appeal_stands() {
    let answer = |appealing| Letter::ReconsiderationOutcome(looked_again("west-kent", Looked::Stays(decided(), appealing)));
    let text = kept("looked_again_stays_west_kent", &answer(Appealing::Over(day("2027-04-01"))));
    assert!(text.contains("The last day for an appeal was 1 April 2027."));
    assert!(answer(Appealing::Until(LastDays::default())).text().contains("You can make an appeal at any time while it lasts."));
    assert!(answer(Appealing::Waiting).text().contains("We are still looking at your appeal."));
    assert!(answer(Appealing::Answered).text().contains("You have had our final answer to your appeal."));
    assert_eq!(answer(Appealing::Until(LastDays::default())).promises_appeal(), None, "the promise that stands is not made again");
}

#[test]
fn an_answer_that_changes_it_is_a_new_decision_and_one_that_ends_it_says_so_first() {
    let changes = Letter::ReconsiderationOutcome(looked_again("one-manchester", Looked::Changes(longer())));
    assert_eq!(changes.promises_appeal(), Some(LastDays::default()));
    assert!(changes.text().contains("takes the place of what we wrote before"));
    let ends = Letter::ReconsiderationOutcome(looked_again("housing-solutions", ends_today()));
    kept("looked_again_ends_housing_solutions", &ends);
    let not_again = Letter::ReconsiderationOutcome(looked_again(
        "housing-solutions",
        Looked::NotAgain(decided(), Appealing::Until(LastDays::default())),
    ));
    assert!(not_again.text().contains("We have decided not to look at it again"));
}

#[test]
fn an_appeal_received_says_who_decides_and_by_when() {
    kept("appeal_received_one_manchester", &Letter::AppealReceived(received("one-manchester")));
}

#[test]
fn a_late_appeal_says_who_decides_whether_it_is_heard_om_4_0() {
    let late = AppealReceived { late_after: Some(day("2027-03-10")), decided_by: String::new(), ..received("one-manchester") };
    let text = Letter::AppealReceived(late).text();
    assert!(
        text.contains("It came after 10 March 2027, the last day for it. First, a Director will decide whether we can still look at it.")
    );
}

#[test]
fn a_lost_appeal_is_final_and_closes_complaints_about_this_decision_alone_om_4_0() {
    let text = kept("appeal_stays_one_manchester", &Letter::AppealOutcome(outcome("one-manchester", Ruling::Stays(decided()))));
    assert!(text.contains("This is our final decision on your appeal."));
    assert!(text.contains("You cannot make a complaint to us about this decision, because you have had an answer on appeal."));
}

#[test]
fn an_appeal_that_was_not_heard_closes_no_complaint() {
    let ruling = Ruling::TooLate { last_day: day("2027-03-10"), decided: decided() };
    let text = kept("appeal_too_late_one_manchester", &Letter::AppealOutcome(outcome("one-manchester", ruling)));
    assert!(!text.contains("You cannot make a complaint"));
}

#[test]
fn a_varied_appeal_gives_every_term_anew_ah_3_4() {
    kept("appeal_changes_alliance_homes", &Letter::AppealOutcome(outcome("alliance-homes", Ruling::Changes(decided()))));
}

#[test]
fn a_quashed_decision_leaves_nothing_to_last_or_to_review() {
    let text = kept("appeal_ends_west_kent", &Letter::AppealOutcome(outcome("west-kent", Ruling::Ends(vec![samina().into()]))));
    assert!(!text.contains("How long this lasts") && !text.contains("When we look at this again"));
}

#[test]
fn every_letter_of_every_landlord_is_whole_and_names_the_ombudsman_with_ways_to_reach_it() {
    for slug in LANDLORDS {
        for letter in every_letter(slug) {
            assert_eq!(letter.missing_parts(), [], "{slug} {:?}", letter.kind());
            let text = letter.text();
            assert!(text.contains("Housing Ombudsman Service") && text.contains("0300 111 3000"), "{slug} {:?}", letter.kind());
        }
    }
}

#[test]
fn no_letter_has_a_contraction_an_exclamation_or_a_word_about_the_person() {
    const NEVER: [&str; 17] = [
        "n’t",
        "n't",
        "’ll",
        "'ll",
        "’re ",
        "'re ",
        "’ve ",
        "'ve ",
        "!",
        "vexatious",
        "perpetrator",
        "aggressive",
        "abusive man",
        "tenant:",
        "please note",
        "in order to",
        "kindly",
    ];
    for slug in LANDLORDS {
        for letter in every_letter(slug) {
            let text = letter.text().to_lowercase();
            for word in NEVER {
                assert!(!text.contains(word), "{slug} {:?}: {word}", letter.kind());
            }
        }
    }
}

#[test]
fn sentences_are_short_enough_to_read_at_eleven() {
    for slug in LANDLORDS {
        for letter in every_letter(slug) {
            for sentence in letter.text().split(['.', ':', '\n', '?']) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 32, "{slug} {:?}: {words} words: {sentence}", letter.kind());
            }
        }
    }
}

#[test]
fn a_letter_uses_the_landlords_own_word_for_a_restriction_throughout() {
    for (slug, own) in [
        ("housing-solutions", "communication protocol"),
        ("notting-hill-genesis", "contact agreement"),
        ("west-kent", "contact arrangement"),
    ] {
        for letter in every_letter(slug).into_iter().filter(|letter| letter.kind() != Kind::Warning) {
            let text = letter.text();
            assert!(text.contains(own), "{slug} {:?}", letter.kind());
            assert!(!text.contains("restriction"), "{slug} {:?}", letter.kind());
        }
    }
}

#[test]
fn a_letter_cannot_go_while_a_required_part_is_empty() {
    let empty = |change: fn(&mut Notice)| {
        let mut notice = notice("one-manchester");
        change(&mut notice);
        Letter::Restriction(notice).missing_parts()
    };
    assert_eq!(empty(|notice| notice.happened.clear()), [LetterPart::Reasons]);
    assert_eq!(empty(|notice| notice.grounds = " \n ".into()), [LetterPart::Reasons]);
    assert_eq!(empty(|notice| notice.reasons.clear()), [LetterPart::Terms]);
    assert_eq!(empty(|notice| notice.decided.terms.clear()), [LetterPart::Terms]);
    assert_eq!(empty(|notice| notice.warnings = EarlierWarnings::Given(vec![])), [LetterPart::EarlierWarnings]);
    assert_eq!(empty(|notice| notice.account = Account::Heard("  ".into())), [LetterPart::CustomersAccount]);
    let mut warning = warning("west-kent", "management-action");
    warning.ask.clear();
    assert_eq!(Letter::Warning(warning).missing_parts(), [LetterPart::WhatWeAsk]);
}

#[test]
fn the_ombudsman_and_the_way_to_appeal_are_there_even_where_a_pack_leaves_them_out() {
    let mut notice = notice("west-kent");
    let policy = std::sync::Arc::make_mut(&mut notice.shared.policy);
    policy
        .letters
        .restriction_notice
        .retain(|part| !matches!(part.value, LetterPart::Ombudsman | LetterPart::HowToAppeal | LetterPart::ReviewDay));
    let text = Letter::Restriction(notice).text();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is missing"));
    assert!(at("When we look at this again") < at("If you disagree"));
    assert!(at("If you disagree") < at("The Ombudsman"));
}

#[test]
fn what_somebody_typed_is_escaped_in_html_and_plain_in_text() {
    let mut notice = notice("one-manchester");
    notice.account = Account::Heard("<script>alert(1)</script> & \"more\"".into());
    let letter = Letter::Restriction(notice);
    assert!(!letter.html().contains("<script>"));
    assert!(letter.text().contains("> <script>alert(1)</script> & \"more\""));
}

#[test]
fn html_and_plain_text_say_the_same_words() {
    for letter in every_letter("one-manchester") {
        let page = scraper::Html::parse_fragment(&letter.html());
        let words = |text: &str| {
            text.replace(['\u{a0}', '>'], " ").split_whitespace().filter(|word| *word != "-").map(str::to_owned).collect::<Vec<_>>()
        };
        let of_html: Vec<String> = page.root_element().text().flat_map(words).collect();
        assert_eq!(of_html, words(&letter.text()), "{:?}", letter.kind());
    }
}

#[test]
fn dates_and_phone_numbers_do_not_part_at_the_end_of_a_line() {
    let html = Letter::Restriction(notice("one-manchester")).html();
    assert!(html.contains("3\u{a0}March 2027") && html.contains("01632\u{a0}960\u{a0}100"));
}

#[test]
fn mail_and_web_addresses_stay_whole() {
    let html = Letter::Restriction(notice("one-manchester")).html();
    let page = scraper::Html::parse_fragment(&html);
    let whole = scraper::Selector::parse("span.whole").expect("a selector");
    let held: Vec<String> = page.select(&whole).map(|one| one.text().collect()).collect();
    assert!(held.contains(&"info@housing-ombudsman.org.uk".to_owned()), "{held:?}");
    assert!(held.iter().any(|one| one.starts_with("https://www.housing-ombudsman.org.uk")), "{held:?}");
    assert!(held.iter().all(|one| !one.contains(char::is_whitespace)), "{held:?}");
    let outside: String = html.split("</span>").filter_map(|piece| piece.split("<span class=\"whole\">").next()).collect();
    assert!(!outside.contains('@') && !outside.contains("://"), "{outside}");
}

#[test]
fn every_part_a_pack_may_ask_for_has_words() {
    for letter in every_letter("one-manchester") {
        let kind = order::kind(&letter);
        for part in LetterPart::ALL {
            if kind.may_have(*part) && order::applies(&letter, *part) {
                assert!(letter.part(*part).is_some(), "{:?} {part:?}", letter.kind());
            }
        }
    }
}
