use askama::Template;

use super::*;
use crate::http::form::{Choice, Form};
use crate::rules::answer::Answer;
use crate::rules::measure::Purpose;
use crate::web::frame::{Flash, Frame, Me, MenuItem};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn a_deadline_is_late_soon_or_quiet() {
    let today = day("2027-03-10");
    let left = |due: &str, working_days| {
        let due = Due::by(day(due), today, working_days);
        (due.tone, due.day, due.left)
    };
    assert_eq!(left("2027-03-09", 0), (Tone::Stop, "Tuesday 9\u{a0}March".into(), "1 day late".into()));
    assert_eq!(left("2027-03-10", 0), (Tone::Care, "Wednesday 10\u{a0}March".into(), "today".into()));
    assert_eq!(left("2027-03-12", 2), (Tone::Care, "Friday 12\u{a0}March".into(), "2 working days".into()));
    assert_eq!(left("2027-03-18", 6), (Tone::Quiet, "Thursday 18\u{a0}March".into(), String::new()));
    assert_eq!(left("2028-03-10", 250), (Tone::Quiet, "Friday 10\u{a0}March 2028".into(), String::new()));
}

/// Every part once, so that each macro compiles and can be looked at: the page is written where EVENHAND_LOOK says.
#[derive(Template)]
#[template(path = "part/all.html")]
struct EveryPart {
    frame: Frame,
    form: Form,
    channels: Vec<Choice>,
    kinds: Vec<Choice>,
    late: Due,
    soon: Due,
    tag: Tag,
    card: Answer,
}

fn card() -> Answer {
    let pair = |(one, other): (&str, &str)| (one.to_owned(), other.to_owned());
    Answer {
        tone: Tone::Care,
        eyebrow: "Limited contact until 2 June 2027".into(),
        heading: "Deal with repairs and urgent matters. For anything else, book a call with Samina Iqbal.".into(),
        line: "It is Wednesday 10 March 2027, 11:42am. His next call time is tomorrow, 2pm to 4pm.".into(),
        may: vec!["Book a call with Samina Iqbal".into(), "Deal with the bathroom fan".into()],
        always: vec![(Purpose::Repair, "Take any repair or emergency".into()), (Purpose::Appeal, "Take an appeal".into())],
        may_not: vec!["Discuss complaint C-2093".into()],
        how: [("Phone, Samina Iqbal", "Tuesdays and Thursdays, 2pm to 4pm"), ("Email", "One a week")].map(pair).into(),
        needs: [("Hearing loss, left side", "speak steadily"), ("Large print", "")].map(pair).into(),
        say: Some("“Hello Mr Ashworth. I can take a repair or anything urgent right now.”".into()),
        booking: None,
        speak_for: Vec::new(),
        why: None,
        decided: None,
        one_line: String::new(),
    }
}

fn every_part() -> EveryPart {
    let mut form = Form::blank().with("channel", "phone").with("kind", "shout").with("kind", "volume");
    form.set("starts", "2027-03-02");
    form.set("ends", "30 February 2027");
    form.set("what", "He said \"<b>now</b>\"\nand rang off.");
    form.wrong("reason", "Enter your reasons");
    form.date("ends", "Enter the last day");
    form.wrong("support", "Choose whether you would like some support");
    form.refuse("A restriction cannot be approved by the person who asked for it");
    let person = Me { name: "Helen Marsh".into(), job_title: "Head of Customer Services".into() };
    let flash = Flash { tone: Tone::Ok, strong: "Incident saved.".into(), text: "Your manager has been told.".into() };
    let mut frame = Frame::signed_in("Northmere Homes", person, true).with_flash(Some(flash)).with_form(&form);
    frame.menu = vec![
        MenuItem::new("/my-work", "home", "My work").waiting(7).at("/my-work"),
        MenuItem::new("/check", "phone", "Contact check"),
        MenuItem::new("/customers", "people", "Customers"),
        MenuItem::new("/approvals", "decide", "Approvals").waiting(3),
    ];
    frame.menu_settings = vec![MenuItem::new("/policy", "book", "Policy and guidance")];
    let today = day("2027-03-10");
    EveryPart {
        frame,
        form,
        channels: vec![Choice::new("phone", "Phone"), Choice::new("email", "In writing"), Choice::new("visit", "Home visit")],
        kinds: vec![
            Choice::new("shout", "Shouting or swearing at staff"),
            Choice::new("insult", "Insults").hint("About a person or a protected characteristic"),
            Choice::new("volume", "Very frequent contact").hint("That takes time away from others").reveals(),
        ],
        late: Due::by(day("2027-03-09"), today, 0),
        soon: Due::by(day("2027-03-12"), today, 2),
        tag: Tag { tone: Tone::Info, mark: "scale", text: "Under appeal" },
        card: card(),
    }
}

#[test]
fn every_part_renders_and_nothing_typed_escapes() {
    let page = every_part().render().expect("the page of parts");
    assert!(page.contains("<title>Error: Pattern book - Contact and behaviour</title>"));
    assert!(page.contains("<a href=\"#reason\">Enter your reasons</a>"));
    assert!(page.contains("id=\"ends\" name=\"ends\" type=\"text\" value=\"30 February 2027\""));
    assert!(page.contains("id=\"starts\" name=\"starts\" type=\"date\" value=\"2027-03-02\""));
    assert!(!page.contains("<b>now</b>"));
    assert!(!page.contains("style=\""));
    if let Ok(folder) = std::env::var("EVENHAND_LOOK") {
        std::fs::write(format!("{folder}/parts.html"), page).expect("a folder to look in");
    }
}

#[test]
fn errors_point_from_the_control_to_its_hint_and_sentence() {
    let page = every_part().render().expect("the page of parts");
    let page = scraper::Html::parse_document(&page);
    let one = |css: &str| page.select(&scraper::Selector::parse(css).expect("a selector")).next().map(|e| e.value().clone());
    let reason = one("textarea#reason").expect("the reasons");
    assert_eq!(reason.attr("aria-describedby"), Some("reason-h reason-e"));
    assert_eq!(reason.attr("aria-invalid"), Some("true"));
    assert!(one("#reason-h").is_some() && one("#reason-e").is_some());
    assert!(one("fieldset.bad input#support[type=radio]").is_some());
    assert!(one("input#kind[value=shout][checked]").is_some() && one("input#kind-2:not([checked])").is_some());
    assert!(one("section.answer h2#answer").is_some());
}

/// The error page has no struct of its own here: `http` fills it. This one only proves that it needs no frame.
#[derive(Template)]
#[template(path = "error.html")]
struct Fault {
    heading: &'static str,
    sentences: Vec<&'static str>,
    reference: &'static str,
    href: &'static str,
    link: &'static str,
    lookup: bool,
    outage: bool,
    css: &'static str,
}

#[test]
fn an_error_page_still_offers_the_contact_check() {
    let page = Fault {
        heading: "Something went wrong",
        sentences: vec!["What you wrote was not saved.", "The contact check still works."],
        reference: "4471-0932",
        href: "/my-work",
        link: "Go to my work",
        lookup: true,
        outage: false,
        css: crate::http::static_files::css_href(),
    };
    let page = page.render().expect("the error page");
    assert!(page.contains("action=\"/check\" method=\"post\"") && page.matches("<h1").count() == 1);
    if let Ok(folder) = std::env::var("EVENHAND_LOOK") {
        std::fs::write(format!("{folder}/error.html"), page).expect("a folder to look in");
    }
}
