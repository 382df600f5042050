//! The page of a warning that waits: what the customer would be told, what was said to it, and what its reader does.

use askama::Template;

use super::who_can;
use crate::casework::desk::{Desk, Staff};
use crate::casework::warning::back;
use crate::casework::warning::request::Request;
use crate::casework::{Error, Refusal, sitting as sat};
use crate::http::desk::Around;
use crate::http::doors::LOGGING;
use crate::http::fault::Fault;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::letters::Format;
use crate::rules::authority;
use crate::rules::id::WarningId;
use crate::rules::policy::{StageAct, StageKind, StepForm};
use crate::rules::say;
use crate::rules::tone::Tone;
use crate::rules::warning_request::{Ended, Wording};
use crate::store;
use crate::store::customer::Head;
use crate::store::sitting::Subject;
use crate::web::checklist::{self, Gone};
use crate::web::draft::Kept;
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Tag;
use crate::web::sitting::{self, Sitting};

#[derive(Template)]
#[template(path = "warning/request.html")]
pub(super) struct Show {
    frame: Frame,
    form: Form,
    kept: Kept,
    id: WarningId,
    customer: Head,
    title: String,
    tag: Tag,
    /// What to do, or whom it waits for: the first line of the page.
    lead: String,
    /// What somebody else did while the reader wrote.
    overtaken: Option<String>,
    shown: Shown,
    /// Why it could not be given today, where it could not.
    not_today: Option<String>,
    facts: Vec<(&'static str, String)>,
    incident: String,
    gone: Vec<Gone>,
    said: Vec<Spoken>,
    panel: Panel,
    /// Whether the reader may take it back.
    may_take_back: bool,
    stages: Vec<String>,
}

/// What the customer would be told.
pub(super) enum Shown {
    Letter { html: String, large: bool },
    Words { heading: &'static str, words: String },
}

/// What somebody said to it.
pub(super) struct Spoken {
    who: String,
    when: String,
    words: String,
}

/// What the reader does here.
pub(super) enum Panel {
    /// Agrees, or sends it back.
    Say { choices: Vec<Choice>, body: Option<Sitting>, next: String },
    /// Gives a view.
    View { body: Option<Sitting> },
    /// Gives what is agreed to.
    Give { how: StepForm },
    /// Writes it again.
    Again { href: String },
    /// Reads the warning it became.
    Given,
    /// Nothing: why, and who can.
    Others { why: String },
}

impl Show {
    /// The same with what is said of a draft that was kept.
    pub(super) fn with(self, kept: Kept) -> Self {
        Self { kept, ..self }
    }
}

/// The page for this reader.
pub(super) async fn fill(
    desk: &mut Desk,
    staff: &Staff,
    around: &Around,
    request: &Request,
    form: Form,
    overtaken: Option<String>,
) -> Result<Show, Fault> {
    let (words, not_today) = words(desk, request).await?;
    let panel = panel(desk, staff, request)?;
    let gone = checklist::gone(store::checklist::of(&mut desk.tx, request.kept.id.0).await?);
    let waits_for = request.waits_for().map(|who| format!("It waits for {who}.")).unwrap_or_default();
    Ok(Show {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        kept: Kept::nothing(paths::WarningRequest { id: request.kept.id }),
        id: request.kept.id,
        customer: request.customer.clone(),
        title: request.kept.step_title.clone(),
        tag: tag(request),
        lead: lead(request, &panel, &waits_for, staff.id == request.kept.asked_by),
        overtaken,
        shown: words,
        not_today,
        facts: facts(desk, request),
        incident: request.kept.incident.map(|id| paths::Incident { id }.to_string()).unwrap_or_default(),
        gone,
        said: spoken(desk, request).await?,
        may_take_back: LOGGING.admits(staff.reach) && back::may_take_back(desk, request).await.is_ok(),
        panel,
        stages: request.told(),
    })
}

/// The letter as it would go today, or the words; and why not, where it could not be given today.
async fn words(desk: &mut Desk, request: &Request) -> Result<(Shown, Option<String>), Fault> {
    let (heading, words) = match &request.kept.wording.0 {
        Wording::Spoken { words } => ("What would be said", words.clone()),
        Wording::Within { passage } => ("The passage in another letter", passage.clone()),
        Wording::Written { what, why, ask, putting_right, told_us, .. } => {
            let all = [what, why, ask, putting_right, told_us].map(|one| one.trim().to_owned());
            ("What the letter says", all.into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join("\n"))
        }
    };
    let plain = Shown::Words { heading, words };
    if request.kept.ended_at.is_some() {
        return Ok((plain, None));
    }
    match request.letter(desk).await {
        Ok(Some(letter)) => {
            let large = letter.shared().format == Format::LargePrint;
            Ok((Shown::Letter { html: letter.html(), large }, None))
        }
        Ok(None) => Ok((plain, None)),
        Err(Error::Refused(all)) => Ok((plain, Some(sentences(all)))),
        Err(Error::Forbidden(why)) => Ok((plain, Some(why))),
        Err(error) => Err(error.into()),
    }
}

fn sentences(all: Vec<Refusal>) -> String {
    all.into_iter().map(|one| one.sentence).collect::<Vec<_>>().join(" ")
}

fn tag(request: &Request) -> Tag {
    match request.kept.ended() {
        None if request.waits() => Tag { tone: Tone::Info, mark: "clock", text: "Waiting for agreement" },
        None => Tag { tone: Tone::Ok, mark: "tick", text: "Agreed to, not given yet" },
        Some(Ended::Given) => Tag { tone: Tone::Ok, mark: "tick", text: "Agreed to, and given" },
        Some(Ended::SentBack) => Tag { tone: Tone::Quiet, mark: "", text: "Sent back" },
        Some(Ended::TakenBack) => Tag { tone: Tone::Quiet, mark: "", text: "Taken back" },
    }
}

fn lead(request: &Request, panel: &Panel, waits_for: &str, is_writer: bool) -> String {
    let name = request.people.name(request.kept.asked_by);
    match (panel, request.kept.ended()) {
        (Panel::Say { body: Some(body), .. }, _) => format!("Record here what the {} decided about it.", body.title),
        (Panel::Say { .. }, _) => "Read it as the ⟦customer⟧ will. Then agree, or send it back and say why.".to_owned(),
        (Panel::View { .. }, _) => "Read it as the ⟦customer⟧ will. Then give your view, before somebody else agrees.".to_owned(),
        (Panel::Give { how: StepForm::Spoken }, _) => "It is agreed to. Say it to the ⟦customer⟧, then record when.".to_owned(),
        (Panel::Give { how: StepForm::Written }, _) => {
            format!("It is agreed to, and {name}, who wrote it, has left. Read it, then give it in your own name.")
        }
        (Panel::Give { .. }, _) => "It is agreed to. Put the passage into your letter, then record which one.".to_owned(),
        (Panel::Again { .. }, _) => "It was not given. Read why, then write it again or leave it.".to_owned(),
        (Panel::Given, _) => "It is agreed to and was given.".to_owned(),
        (Panel::Others { .. }, None) if request.waits() && is_writer => {
            format!("You have nothing to do. {waits_for} Nothing is given, and nothing counts, until then.")
        }
        (Panel::Others { .. }, None) if request.waits() => format!("{waits_for} Nothing is given, and nothing counts, until then."),
        (Panel::Others { .. }, None) => format!("It is agreed to. {} gives it, and records when.", request.giver()),
        (Panel::Others { .. }, Some(_)) => "It was not given, and counts for nothing.".to_owned(),
    }
}

fn facts(desk: &Desk, request: &Request) -> Vec<(&'static str, String)> {
    let kept = &request.kept;
    let at = say::minute_this_year(kept.asked_at, desk.today());
    let mut facts = vec![
        ("Written by", format!("{}, {at}", request.people.name(kept.asked_by))),
        ("How it is given", kept.wording.0.form().title().to_owned()),
    ];
    if let (Some(reason), Some(because)) = (&kept.skip_reason, &kept.skip_because) {
        let said = request.policy.ladder.skip_reason(reason).map_or("", |one| one.say.as_str());
        facts.push(("Steps left out because", format!("{said}. {because}")));
    }
    if let (Some(how), Some(by), Some(at)) = (kept.ended(), &kept.ended_by, kept.ended_at) {
        facts.push((how.title(), format!("{by}, {}", say::minute_this_year(at, desk.today()))));
    }
    if let Some(because) = &kept.ended_because {
        facts.push(("Why", because.clone()));
    }
    facts
}

async fn spoken(desk: &mut Desk, request: &Request) -> Result<Vec<Spoken>, Fault> {
    let today = desk.today();
    let mut all = Vec::new();
    for one in &request.said {
        let did = match one.say.as_str() {
            "view" => "gave a view",
            "agree" => "agreed",
            _ => "sent it back",
        };
        let met = if one.met { sat::in_words(desk, Subject::WarningAgreement(one.id)).await? } else { None };
        let who = match met.is_some() {
            true => format!("The {} {did}; recorded by {}", one.as_role, one.name),
            false => format!("{}, {}, {did}", one.name, one.as_role),
        };
        let words = met.into_iter().chain([one.reasons.clone()]).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
        all.push(Spoken { who, when: say::minute_this_year(one.at, today), words });
    }
    Ok(all)
}

fn panel(desk: &Desk, staff: &Staff, request: &Request) -> Result<Panel, Fault> {
    let reader = request.people.reader(desk)?;
    if let Some(how) = request.kept.ended() {
        let warns = LOGGING.admits(staff.reach) && request.is_writers(desk)?;
        return Ok(match how {
            Ended::Given => Panel::Given,
            Ended::SentBack | Ended::TakenBack if warns => Panel::Again { href: again_at(request) },
            Ended::SentBack | Ended::TakenBack => Panel::Others { why: String::new() },
        });
    }
    if request.is_to_be_given() {
        return Ok(match request.is_writers(desk)? {
            true => Panel::Give { how: request.kept.wording.0.form() },
            false => Panel::Others { why: String::new() },
        });
    }
    let place = match request.turn(&reader) {
        Ok(place) => place,
        Err(refusal) => {
            let why = request.stuck().unwrap_or_else(|| who_can(request, refusal.to_string()));
            return Ok(Panel::Others { why });
        }
    };
    let stage = &request.stages.stages[place];
    let decides = stage.kind == StageKind::Authorise;
    let body = request.body(place).map(|body| {
        let votes = body.approves_by.filter(|_| decides).map(|share| format!("To agree it takes {}.", share.title()));
        sitting::of(&request.policy, &request.people, body, votes, |one| request.may_sit(place, one))
    });
    if !decides {
        return Ok(Panel::View { body });
    }
    let mut choices =
        vec![Choice::new("agree", "Agree"), Choice::new("back", "Send it back").hint("Say what has to change. Nothing is given.")];
    let act = |choice: &Choice| if choice.value == "agree" { StageAct::Approve } else { StageAct::Return };
    choices.retain(|choice| authority::may(stage, act(choice)));
    Ok(Panel::Say { choices, body, next: next(request, place) })
}

/// Who agrees after this stage, or what the last yes sets off.
fn next(request: &Request, place: usize) -> String {
    let name = request.giver();
    let said = request.approvals().iter().filter(|one| one.stage == place).count();
    let stage = &request.stages.stages[place];
    if request.body(place).is_none() && usize::from(stage.count) > said + 1 {
        return "After you others have to agree too.".to_owned();
    }
    let after = request.stages.stages.iter().skip(place + 1).find(|stage| stage.kind == StageKind::Authorise);
    match (after, &request.kept.wording.0) {
        (Some(stage), _) => format!("After you it is for {} to agree.", stage.of.say(&request.policy.roles)),
        (None, Wording::Written { .. }) if request.writer_is_here() => {
            format!("If you agree, it counts from this minute. The letter is made, and {name} sends it.")
        }
        (None, _) => format!("If you agree, {name} gives it. It counts from then."),
    }
}

fn again_at(request: &Request) -> String {
    let kept = &request.kept;
    let incident = kept.incident.map(|id| format!("&incident={id}")).unwrap_or_default();
    let (customer, form) = (&request.customer.reference, kept.wording.0.form().key());
    format!("{}?customer={customer}{incident}&step={}&form={form}&again={}", paths::WarningNew {}, kept.step, kept.id)
}
