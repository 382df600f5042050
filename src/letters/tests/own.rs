//! What is the landlord's own in a letter: its contact details, its words, its sentences.

use super::*;
use crate::rules::policy::Policy;

/// The same facts under a policy that is changed.
fn under(mut shared: Shared, change: impl FnOnce(&mut Policy)) -> Shared {
    change(std::sync::Arc::make_mut(&mut shared.policy));
    shared
}

/// policy-pack.md 20: the complaints team's own door, all of it, and nothing of anybody else's.
#[test]
fn a_letter_gives_every_way_to_the_complaints_team_and_none_of_anybody_elses() {
    let text = Letter::Restriction(notice("harbourlight")).text();
    let all = "Contact the Listening Post: ring 01632 960371, email listening@harbourlight.example, go to https://harbourlight.example/listening \
        or write to The Old Customs Shed, Lamp Street, Harbourlight HL3 6RT.";
    assert!(text.contains(all), "{text}");
    let mut by_post = notice("harbourlight");
    by_post.shared = under(by_post.shared, |policy| {
        let desk = &mut policy.onward.complaints.value;
        (desk.phone, desk.email, desk.web) = (None, None, None);
    });
    let text = Letter::Restriction(by_post).text();
    assert!(text.contains("Contact the Listening Post: write to The Old Customs Shed, Lamp Street, Harbourlight HL3 6RT."), "{text}");
}

/// policy-pack.md 14: what was sent back and waits does not read as if it applied.
#[test]
fn what_waits_until_it_is_decided_again_is_said_not_to_apply() {
    let sent_back = |suspends: bool| {
        let by = day("2027-03-31");
        let ruling = Ruling::SentBack { decided: decided(), look_at: "What the recording says.".into(), by, by_somebody_new: true };
        let mut letter = outcome("one-manchester", ruling);
        letter.shared = under(letter.shared, |policy| policy.challenge.appeal.suspends.value = suspends);
        let letter = Letter::AppealOutcome(letter);
        assert_eq!(letter.missing_parts(), []);
        letter.text()
    };
    let waits = sent_back(true);
    assert!(waits.contains("goes on waiting until then: you can contact us as before"), "{waits}");
    assert!(waits.contains("Until we have decided again, none of this applies to you:"), "{waits}");
    for words in ["From 2 March 2027", "This started on", "We will look at this again by", "You can make an appeal"] {
        assert!(!waits.contains(words), "«{words}» in {waits}");
    }
    let stays = sent_back(false);
    assert!(stays.contains("From 2 March 2027 until 2 June 2027:") && !stays.contains("none of this applies"), "{stays}");
}

/// policy-pack.md 15: a first and a last letter of warning differ, and the landlord's own sentences stand where the pack puts them.
#[test]
fn letters_differ_by_step_and_print_the_landlords_own_sentences() {
    let (one, two) = (warning("toldervale", "conduct-letter-one"), warning("toldervale", "conduct-letter-two"));
    let (one, two) = (Letter::Warning(one), Letter::Warning(two));
    let last = "This is the second and last conduct letter.";
    assert_eq!((one.missing_parts(), two.missing_parts()), (vec![], vec![]));
    assert!(two.text().contains(last) && !one.text().contains(last), "{}", one.text());
    let at = |text: &str, words: &str| text.find(words).unwrap_or_else(|| panic!("no «{words}» in {text}"));
    let text = two.text();
    assert!(at(&text, "If it happens again") < at(&text, last) && at(&text, last) < at(&text, "What stays the same"), "{text}");
    // The list of the first says nothing of what may follow; the customer has to be told all the same.
    assert!(one.text().contains("If it happens again"), "{}", one.text());

    let notice = Letter::Restriction(notice("toldervale"));
    let text = notice.text();
    let (terms, own, length) = ("What we have decided", "If you do not use the internet", "How long this lasts");
    assert!(at(&text, terms) < at(&text, own) && at(&text, own) < at(&text, length), "{text}");
    assert!(!two.text().contains(own), "another letter");
    assert!(notice.html().contains("The library on Corporation Street has free computers"));
}

/// policy-pack.md 6: a step that is informal is no warning, and a letter keeps the two apart.
#[test]
fn a_talk_is_not_listed_among_the_warnings() {
    let mut letter = notice("west-kent");
    letter.warnings = match warned() {
        EarlierWarnings::Given(mut given) => {
            given[0].informal = true;
            EarlierWarnings::Given(given)
        }
        left_out => left_out,
    };
    let text = Letter::Restriction(letter).text().replace('\u{a0}', " ");
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no «{words}» in {text}"));
    let (talk, warning) = (at("without a warning:"), at("We told you before that we could not accept this:"));
    assert!(talk < at("“Initial warning”") && at("“Initial warning”") < warning && warning < at("“Formal warning”"), "{text}");
}

/// policy-pack.md 15: the channel rule orders the choice of how a letter goes.
#[test]
fn the_ways_by_which_the_policy_sends_letters_come_first_and_the_others_after() {
    let of = |ways: &str| {
        let example = include_str!("../../rules/policy/format/example.toml");
        let text = example.replacen("sent-by = { value = [\"letter\"]", &format!("sent-by = {{ value = {ways}"), 1);
        Via::in_order(&Policy::read(&text).expect("a pack without faults"))
    };
    assert_eq!(of("[\"person\", \"email\"]"), [Via::ByHand, Via::Email, Via::Post]);
    assert_eq!(of("[\"letter\"]").first(), Some(&Via::Post));
}

/// Who hears an appeal is named where it goes by who authorised it and that is known.
#[test]
fn a_letter_names_who_hears_the_appeal_where_that_is_known() {
    let mut letter = notice("west-kent");
    let deciders = crate::rules::policy::tests::example().challenge.deciders;
    letter.shared = under(letter.shared, |policy| policy.challenge.deciders = deciders);
    let unknown = Letter::Restriction(letter.clone()).text();
    assert!(unknown.contains("Who decides depends on who made this decision."), "{unknown}");
    letter.shared.hears = Some(crate::rules::policy::Who::Role("head-of-service".into()));
    let known = Letter::Restriction(letter).text();
    assert!(known.contains("Head of Service will decide") && !known.contains("depends on who made"), "{known}");
}
