//! A warning that others agree to before it is given: written, sent back, written again, agreed to; by one, by several, by a body.

use chrono::TimeDelta;

use super::challenge::WARNINGS;
use super::meeting::{PANEL, id};
use crate::journey::case::Case;
use crate::journey::invented::TOLDERVALE;
use crate::support::page::{Filled, Page};
use crate::support::visitor::Visitor;

const ASK: &str = "Please speak to our people without insults.";
const LETTER: [(&str, &str); 3] =
    [("what", "You insulted a member of staff on the phone."), ("why", "She was afraid to take the next call."), ("ask", ASK)];

/// Mr Ashworth has had a recovery contact and a first letter, and it happens again: where the incident is.
async fn after_the_first_letter() -> (Case, String) {
    let case = Case::invented(TOLDERVALE.invented.expect("a landlord made up")).await;
    let incident = case.incident("discriminatory-abuse").await;
    case.decided(&incident, "warning", "He is told what we ask.").await;
    case.warned(&incident, "recovery", "spoken").await;
    case.warned(&incident, "conduct-letter-one", "written").await;
    case.house.wait(TimeDelta::days(2));
    let incident = case.incident("discriminatory-abuse").await;
    case.decided(&incident, "warning", "It has not stopped.").await;
    (case, incident)
}

fn step(case: &Case, incident: &str, step: &str, form: &str) -> String {
    let id = incident.trim_start_matches("/incidents/");
    format!("/warnings/new?customer={}&incident={id}&step={step}&form={form}", case.reference)
}

/// The manager writes letter two and reads it: the form that asks others to agree.
async fn written(case: &Case, incident: &str, manager: &mut Visitor) -> Filled {
    let page = manager.see(&step(case, incident, "conduct-letter-two", "written")).await;
    assert!(page.says("is asked for a view, then a Head of Neighbourhoods agrees before it is given."), "{}", page.text());
    let preview = manager.submit(&page.fill(&LETTER).gone_through()).await;
    assert!(preview.says("Others agree to it before it is given") && preview.says(ASK), "{}", preview.text());
    preview.fill(&[("seen", "yes")])
}

/// The safeguarding lead reads it and says what they think.
async fn viewed(case: &Case, at: &str) {
    let mut lead = case.person("manager2").await;
    let page = lead.see(at).await;
    assert!(page.says("Then give your view, before somebody else agrees.") && page.says(ASK), "{}", page.text());
    let page = lead.save(&page.form(at).with("reasons", "He was told twice what we do about it.")).await;
    assert!(page.says("Your view is saved."), "{}", page.text());
}

async fn work_of(case: &Case, account: &str) -> Page {
    case.person(account).await.see("/my-work").await
}

fn leads_to(page: &Page, at: &str) -> bool {
    page.links().iter().any(|(_, href)| href == at)
}

#[tokio::test]
async fn a_letter_that_a_head_has_to_agree_to_is_sent_back_written_again_and_given_once() {
    let (case, incident) = after_the_first_letter().await;
    case.house.drain_outbox().await;
    let mut manager = case.person("manager").await;
    let form = written(&case, &incident, &mut manager).await;
    let page = manager.save(&form).await;
    let at = page.address().to_owned();
    assert!(at.starts_with("/warning-requests/"), "{at}: {}", page.text());
    assert!(page.says("You have nothing to do.") && page.says("to give a view"), "{}", page.text());
    assert!(manager.save(&form).await.says("Saved already."), "a second press asks nothing twice");
    assert_eq!((case.count("warning").await, case.count("letter").await, case.count("warning_request").await), (2, 1, 1));
    let mail = case.house.drain_outbox().await;
    assert!(mail.len() == 1 && mail[0].0.starts_with("manager2@") && mail[0].1.contains("Your view is asked for"), "{mail:?}");
    assert!(leads_to(&work_of(&case, "manager2").await, &at) && !leads_to(&work_of(&case, "head").await, &at));

    // It is no warning: nobody who answers the phone hears of it, and it stands where it can be found.
    let answer = case.answer().await;
    assert!(!answer.contains("two"), "{answer}");
    assert!(leads_to(&manager.see(&incident).await, &at), "the incident leads there");
    let record = manager.see(&format!("/customers/{}", case.reference)).await;
    assert!(record.says("Waiting for agreement") && leads_to(&record, &at), "{}", record.text());
    let record = case.person("adviser").await.see(&format!("/customers/{}", case.reference)).await;
    assert!(!record.says("Waiting for agreement") && !leads_to(&record, &at), "{}", record.text());
    let again = manager.get(&step(&case, &incident, "conduct-letter-two", "written")).await;
    assert_eq!(again.location(), Some(at.as_str()), "one of a kind waits at a time");

    // Who may not is told who can, before anything else is said.
    let yes = [("say", "agree"), ("stage", "0")];
    let own = manager.post(&at, &yes).await;
    assert_eq!(own.status(), 403, "{}", own.text());
    assert!(own.says("Whoever wrote it never agrees to it."), "{}", own.text());
    let head = case.person("head").await.post(&at, &[]).await;
    assert!(head.status() == 403 && head.says("to give a view first. Here that is"), "{}", head.text());
    let other = case.person("director").await.post(&at, &yes).await;
    assert!(other.status() == 403 && other.says("Only ") && other.says("Here that is"), "{}", other.text());
    assert_eq!(case.person("adviser").await.get(&at).await.status(), 403);
    let mut stranger = case.house.sign_in("head@one-manchester").await;
    for address in [at.clone(), format!("{at}/end"), format!("{at}/giving")] {
        assert_eq!(stranger.post(&address, &yes).await.status(), 404, "{address}");
    }
    assert_eq!(stranger.get(&at).await.status(), 404);

    viewed(&case, &at).await;
    assert!(leads_to(&work_of(&case, "head").await, &at) && !leads_to(&work_of(&case, "manager2").await, &at));
    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    assert!(page.says("Then agree, or send it back and say why.") && page.says("He was told twice"), "{}", page.text());
    let bare = head.submit(&page.form(&at).with("say", "back")).await;
    assert_eq!((bare.status(), bare.error("reasons").as_deref()), (422, Some("Enter what has to change")), "{}", bare.text());
    let page = head.save(&page.form(&at).with("say", "back").with("reasons", "Say which words he used.")).await;
    assert!(page.says("Sent back.") && page.says("Nothing was given."), "{}", page.text());
    assert_eq!((case.count("warning").await, case.count("letter").await), (2, 1));

    let work = work_of(&case, "manager").await;
    assert!(leads_to(&work, &at) && work.says("again: it was sent back"), "{}", work.text());
    let page = manager.see(&at).await;
    assert!(page.says("Say which words he used."), "{}", page.text());
    let page = manager.click(&page, "Write it again").await;
    assert!(page.says("It came back.") && page.says("Say which words he used."), "{}", page.text());
    assert_eq!(page.form("/warnings/new").value("ask").trim(), ASK, "what was written is filled in");
    let preview = manager.submit(&page.fill(&[("what", "You called a member of staff a “useless cow”.")]).gone_through()).await;
    let second = manager.save(&preview.fill(&[("seen", "yes")])).await.address().to_owned();
    assert!(second != at && !leads_to(&work_of(&case, "manager").await, &at), "{second}");
    assert_eq!(case.count("warning_request where begun_as <> id").await, 1, "it is known which one it takes the place of");

    viewed(&case, &second).await;
    let page = head.see(&second).await;
    assert!(page.says("useless cow") && page.says("it counts from this minute"), "{}", page.text());
    let yes = page.form(&second).with("say", "agree");
    let given = head.save(&yes).await;
    assert!(given.address().starts_with("/warnings/") && given.says("Agreed, and given."), "{}: {}", given.address(), given.text());
    assert!(head.save(&yes).await.says("Saved already."), "a second press gives nothing twice");
    assert_eq!((case.count("warning").await, case.count("letter").await), (3, 2));
    let whose = "warning w join letter l on l.id = w.letter_id where w.step = 'conduct-letter-two' and w.given_by = l.made_by \
                 and w.given_by in (select id from staff where email like 'manager@%')";
    assert_eq!(case.count(whose).await, 1, "it is the warning of whoever wrote it");
    let letter = manager.click(&given, "Read the letter").await;
    assert!(letter.says("useless cow"), "{}", letter.text());
    assert!(work_of(&case, "manager").await.links().iter().any(|(_, href)| href == letter.address()), "and theirs to send");
    let told = case.timeline().await.join("\n");
    for words in [
        "waits for others to agree",
        "sent back before it was given",
        "agreed to by the Head of Neighbourhoods",
        "Conduct letter two given",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let rungs = manager.see(&incident).await.all("ul.checks li").join("\n");
    assert!(rungs.replace('\u{a0}', " ").contains("Taken on 12 March 2027. It counts"), "it counts from then: {rungs}");
}

#[tokio::test]
async fn what_the_ladder_no_longer_allows_is_not_given_although_it_was_written_when_it_did() {
    let (case, incident) = after_the_first_letter().await;
    let mut manager = case.person("manager").await;
    let form = written(&case, &incident, &mut manager).await;
    let at = manager.save(&form).await.address().to_owned();
    viewed(&case, &at).await;

    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    let yes = page.form(&at).with("say", "agree");
    let first = "select id::text from warning where step = 'conduct-letter-one'";
    let first: String = sqlx::query_scalar(first).fetch_one(&mut case.house.owner().await).await.expect("the first letter");
    let letter = manager.see(&format!("/warnings/{first}")).await;
    manager.save(&letter.fill(&[("because", "It was somebody else.")])).await;

    let refused = head.submit(&yes).await;
    assert_eq!(refused.status(), 422, "{}", refused.text());
    assert!(refused.says("It cannot be given any more. Conduct letter one has to come first."), "{}", refused.text());
    assert_eq!((case.count("warning").await, case.count("letter").await, case.count("warning_agreement").await), (2, 1, 1));

    let bare = manager.post(&format!("{at}/end"), &[]).await;
    assert_eq!((bare.status(), bare.error("because").as_deref()), (422, Some("Enter why you take it back")));
    assert_eq!(case.person("director").await.post(&format!("{at}/end"), &[("because", "Mine.")]).await.status(), 403);
    let page = manager.see(&at).await;
    let back = page.form(&format!("{at}/end")).with("because", "The first letter was withdrawn.");
    assert!(manager.save(&back).await.says("Taken back."));
    assert_eq!(manager.submit(&back).await.status(), 409, "a second press takes nothing back twice");
    assert_eq!(head.submit(&yes).await.status(), 409, "nothing is left to agree to");
    assert!(!leads_to(&work_of(&case, "head").await, &at));
    let warns = format!("/warnings/new?customer={}&incident={}", case.reference, incident.trim_start_matches("/incidents/"));
    assert!(leads_to(&work_of(&case, "manager").await, &warns), "what was decided on the incident is still to be done");
}

/// West Kent's first step, to which these have to agree.
async fn management_action(agreed: &str, more: &[(&str, &str)]) -> (Case, String) {
    let was = "taken-by = { value = [\"officer\", \"manager\"], default = \"The policy does not say who takes it.\" }\nletter";
    let is = was.replace("\nletter", &format!("\nagreed-by = {{ value = [{agreed}], stated = \"6.1\" }}\nletter"));
    let changes: Vec<(&str, &str)> = more.iter().copied().chain([(was, is.as_str())]).collect();
    let case = Case::under("west-kent", &changes).await;
    let incident = case.incident("abuse").await;
    case.decided(&incident, "warning", "He is told what we ask.").await;
    (case, incident)
}

#[tokio::test]
async fn two_people_agree_to_what_is_to_be_said_and_only_then_it_is_said() {
    let (case, incident) = management_action("{ kind = \"authorise\", of = [\"manager\", \"head-of-service\"], count = 2 }", &[]).await;
    let mut officer = case.person("officer").await;
    let page = officer.see(&step(&case, &incident, "management-action", "spoken")).await;
    assert!(page.says("What will you say?") && !page.body().contains("name=\"date\""), "{}", page.text());
    let at = officer.save(&page.fill(&[("words", ASK)]).gone_through()).await.address().to_owned();
    let early = officer.post(&format!("{at}/giving"), &[("date", "2027-03-10"), ("time", "11:42"), ("words", ASK)]).await;
    assert_eq!(early.status(), 409, "nobody says it before it is agreed to: {}", early.text());

    let mut manager = case.person("manager2").await;
    let page = manager.see(&at).await;
    assert!(
        page.says("two people, each a Team Manager or a Head of Service, agree before it is given") || page.says(ASK),
        "{}",
        page.text()
    );
    let page = manager.save(&page.form(&at).with("say", "agree")).await;
    assert!(page.says("It waits for one person more"), "{}", page.text());
    assert_eq!(manager.post(&at, &[("say", "agree"), ("stage", "0")]).await.status(), 303, "said already");
    assert!(!leads_to(&work_of(&case, "manager2").await, &at), "and asked no more");
    assert_eq!(case.count("warning_agreement").await, 1);
    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    let page = head.save(&page.form(&at).with("say", "agree").with("reasons", "Fair.")).await;
    assert!(page.says("gives it, and records when."), "{}", page.text());
    assert_eq!(case.count("warning").await, 0, "agreeing to it says nothing to anybody");

    assert!(leads_to(&work_of(&case, "officer").await, &at));
    let page = officer.see(&at).await;
    assert!(page.says("It is agreed to. Say it to the customer, then record when."), "{}", page.text());
    let form = page.form(&format!("{at}/giving"));
    assert_eq!(form.value("words").trim(), ASK, "what was agreed to is prepared");
    let early = officer.submit(&form.clone().with("date", "2027-03-09")).await;
    assert!(early.error("date").is_some_and(|error| error.starts_with("It was agreed to on")), "{:?}", early.summary());
    case.house.wait(TimeDelta::minutes(20));
    let form = form.with("time", "11:50");
    let given = officer.save(&form).await;
    assert!(given.address().starts_with("/warnings/") && given.says("It is on the customer’s record"), "{}", given.text());
    assert!(officer.save(&form).await.says("Saved already."));
    assert_eq!(
        (case.count("warning").await, case.count("checklist_answer where decision_id in (select id from warning)").await > 0),
        (1, true)
    );
    assert!(!leads_to(&work_of(&case, "officer").await, &at));
}

#[tokio::test]
async fn a_panel_agrees_in_its_meeting_and_whoever_sat_hears_no_appeal_against_it() {
    let (case, incident) = management_action("{ kind = \"authorise\", of = \"case-panel\" }", &[PANEL]).await;
    let mut officer = case.person("officer").await;
    let page = officer.see(&step(&case, &incident, "management-action", "within-correspondence")).await;
    let at = officer.save(&page.fill(&[("passage", ASK)]).gone_through()).await.address().to_owned();
    let alone = case.person("head").await.post(&at, &[("say", "agree"), ("stage", "0")]).await;
    assert!(alone.status() == 403 && alone.says("decides this together, in a meeting"), "{}", alone.text());
    let mut clerk = case.person("policy").await;
    let page = clerk.see(&at).await;
    assert!(page.says("Record here what the Case Panel decided about it."), "{}", page.text());
    let form = page.form(&at).with("say", "agree").with("minute", "CP/27/9").with("meeting_on", "2027-03-10");
    let few = clerk.submit(&form.clone().ticked("sat", &[&id("head")])).await;
    assert!(few.error("sat").is_some_and(|error| error.contains("must have sat")), "{:?}", few.summary());
    let page = clerk.save(&form.ticked("sat", &[&id("head"), &id("director")])).await;
    assert!(page.says("Agreed.") && page.says("minute CP/27/9"), "{}", page.text());
    let page = officer.see(&at).await;
    let given = officer.save(&page.form(&format!("{at}/giving")).with("reference", "C-118")).await;
    assert!(given.says("C-118") && given.says(ASK), "{}", given.text());
    let took = "warning w join warning_agreement a on a.request_id = w.id join sitting m on m.subject_id = a.id join sitting_seat s on s.sitting_id = m.id";
    assert_eq!(case.count(took).await, 2);
}

/// Deciding may be handed to a head.
const HANDED: (&str, &str) = (
    "[authority]\n",
    "[authority]\ndelegation = { value = { to = [\"head-of-service\", \"director\"], longest = \"1 month\" }, stated = \"9.4\" }\n",
);

#[tokio::test]
async fn a_director_who_agreed_lends_that_yes_to_nobody_and_one_who_had_not_does() {
    let (case, incident) = management_action("{ kind = \"authorise\", of = \"director\", count = 2 }", &[HANDED]).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&step(&case, &incident, "management-action", "spoken")).await;
    let at = manager.save(&page.fill(&[("words", ASK)]).gone_through()).await.address().to_owned();
    let mut director = case.person("director").await;
    let page = director.see(&at).await;
    director.save(&page.form(&at).with("say", "agree")).await;
    super::delegation::handed(&case, "director").await;
    let mut head = case.person("head").await;
    let refused = head.post(&at, &[("say", "agree"), ("stage", "0")]).await;
    assert_eq!(refused.status(), 403, "one yes is not given twice: {}", refused.text());
    super::delegation::handed(&case, "director2").await;
    let page = head.see(&at).await;
    let page = head.save(&page.form(&at).with("say", "agree")).await;
    assert!(page.says("gives it, and records when."), "{}", page.text());
    assert_eq!(case.count("event where kind = 'decided-in-place-of'").await, 1);
}

#[tokio::test]
async fn a_letter_whose_writer_has_left_is_given_by_whoever_takes_such_a_step() {
    let (case, incident) = management_action("{ kind = \"authorise\", of = \"head-of-service\" }", &[]).await;
    let mut manager = case.person("manager").await;
    let page = manager.see(&step(&case, &incident, "management-action", "written")).await;
    let preview = manager.submit(&page.fill(&LETTER).gone_through()).await;
    let at = manager.save(&preview.fill(&[("seen", "yes")])).await.address().to_owned();
    let mut admin = case.person("admin").await;
    let person = format!("/admin/people/{}", id("manager"));
    let page = admin.see(&person).await;
    admin.save(&page.form(&format!("{person}/left")).with("successor", &id("head"))).await;

    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    let page = head.save(&page.form(&at).with("say", "agree")).await;
    assert!(page.says("Agreed.") && page.says("gives it, and records when."), "{}", page.text());
    assert_eq!(case.count("warning").await, 0, "nobody sends a letter for somebody who has left");
    assert!(leads_to(&work_of(&case, "manager2").await, &at) && !leads_to(&work_of(&case, "director").await, &at));
    let mut giver = case.person("manager2").await;
    let page = giver.see(&at).await;
    assert!(page.says("who wrote it, has left. Read it, then give it in your own name."), "{}", page.text());
    let form = page.form(&format!("{at}/giving"));
    let given = giver.save(&form).await;
    assert!(given.address().starts_with("/warnings/"), "{}", given.text());
    assert!(giver.save(&form).await.says("Saved already."));
    assert_eq!((case.count("warning").await, case.count("letter").await), (1, 1));
    let left = "letter l join staff s on s.id = l.made_by where s.left_at is not null and l.sent_at is null";
    assert_eq!(case.count(left).await, 0, "nobody who left has it to send");
}

#[tokio::test]
async fn what_was_sent_back_is_left_with_a_reason_or_written_anew_from_the_incident() {
    let (case, incident) = after_the_first_letter().await;
    let mut manager = case.person("manager").await;
    let mut head = case.person("head").await;
    let mut sent_back = Vec::new();
    for _ in 0..2 {
        let form = written(&case, &incident, &mut manager).await;
        let at = manager.save(&form).await.address().to_owned();
        viewed(&case, &at).await;
        let page = head.see(&at).await;
        head.save(&page.form(&at).with("say", "back").with("reasons", "Say which words.")).await;
        sent_back.push(at);
    }
    let work = work_of(&case, "manager").await;
    assert!(!leads_to(&work, &sent_back[0]), "written anew from the incident, the first is off the list");
    assert!(leads_to(&work, &sent_back[1]), "{}", work.text());
    let at = &sent_back[1];
    let page = manager.see(at).await;
    let form = page.form(&format!("{at}/end"));
    assert_eq!(case.person("director").await.post(&format!("{at}/end"), &[("because", "Mine.")]).await.status(), 403);
    let bare = manager.submit(&form).await;
    assert_eq!(bare.status(), 422, "{}", bare.text());
    let form = form.with("because", "He has said sorry.");
    let left = manager.save(&form).await;
    assert!(left.says("Left."), "{}", left.text());
    assert!(!leads_to(&work_of(&case, "manager").await, at), "and off the list");
    assert_eq!(manager.submit(&form).await.status(), 409, "once");
    assert!(case.timeline().await.join("\n").contains("He has said sorry."));
}

#[tokio::test]
async fn whoever_gave_a_view_hears_no_appeal_against_it_where_the_policy_keeps_out_whom_it_asked() {
    let asked = "{ kind = \"consult\", of = \"head-of-service\" }, { kind = \"authorise\", of = \"manager\" }";
    let heard = WARNINGS.1.replace("never-decides = { value = [", "never-decides = { value = [\"consulted\", ");
    assert_ne!(heard, WARNINGS.1);
    let (case, incident) = management_action(asked, &[(WARNINGS.0, heard.as_str())]).await;
    let mut officer = case.person("officer").await;
    let page = officer.see(&step(&case, &incident, "management-action", "spoken")).await;
    let at = officer.save(&page.fill(&[("words", ASK)]).gone_through()).await.address().to_owned();
    let mut head = case.person("head").await;
    let page = head.see(&at).await;
    head.save(&page.form(&at).with("reasons", "Fair.")).await;
    let mut manager = case.person("manager2").await;
    let page = manager.see(&at).await;
    manager.save(&page.form(&at).with("say", "agree")).await;
    let page = officer.see(&at).await;
    let given = officer.save(&page.form(&format!("{at}/giving"))).await;
    let warning = given.address().to_owned();
    let page = officer.see(&format!("{warning}/appeal")).await;
    let page = officer.save(&page.fill(&[("grounds", "I did not say it."), ("received_via", "phone"), ("listed", "1")])).await;
    assert!(page.says("Appeal logged."), "{}", page.text());
    let page = head.see(&format!("{warning}/appeal")).await;
    assert!(!page.says("You may decide this") && !page.body().contains("name=\"outcome\""), "{}", page.text());
    let fields = [("outcome", "uphold"), ("reasons", "Mine."), ("version", "1")];
    assert_eq!(head.post(&format!("{warning}/appeal/decision"), &fields).await.status(), 403);
}
