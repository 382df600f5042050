//! Logging an appeal: the customer's own words first, the rest is filled in.

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use serde::Deserialize;

use crate::casework::appeal::{self, Received, Via};
use crate::casework::desk::{Desk, Staff};
use crate::casework::{Error, found};
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules;
use crate::rules::appeal::Round;
use crate::rules::id::{AppealId, RestrictionId};
use crate::rules::say;
use crate::rules::text::Narrative;
use crate::store;
use crate::store::customer::Head;
use crate::web::frame::Frame;
use crate::web::menu;

/// Which restriction the appeal is against.
#[derive(Deserialize)]
pub(super) struct Which {
    restriction: RestrictionId,
    /// `length` where it is about how long that runs, and nothing else.
    #[serde(default)]
    about: String,
}

/// The word of an address and a form that says an appeal is about the length alone.
const LENGTH: &str = "length";

#[derive(Template)]
#[template(path = "appeal/new.html")]
struct New {
    frame: Frame,
    form: Form,
    /// Why none can come as things stand, before anything is typed; then there is no form.
    closed: Vec<String>,
    /// The one that is open, where that is why.
    open: Option<paths::Appeal>,
    customer: Head,
    restriction: RestrictionId,
    word: String,
    word_appeal: String,
    a: String,
    /// Whether it is about the length alone.
    of_length: bool,
    /// Where the other of the two is logged, and what that is called, where the policy has rules of its own for the length.
    other: Option<(String, String)>,
    vias: Vec<Choice>,
    /// When an appeal has to come, as a sentence.
    when: String,
    has_last_day: bool,
    asks_for_writing: bool,
    /// The grounds the policy lists, and that none of them fits; empty where it lists none.
    listed: Vec<Choice>,
    answered_by: String,
}

pub(super) async fn blank(
    _: paths::AppealNew,
    which: Result<Query<Which>, QueryRejection>,
    Reading { mut desk, staff, around }: Reading,
) -> Answered {
    let Query(Which { restriction, about }) = which.map_err(|_| Fault::NotFound)?;
    let form = Form::blank().with("id", desk.new_id::<AppealId>()).with("restriction", restriction).with("received_on", desk.today());
    let form = form.with("about", if about == LENGTH { LENGTH } else { "" });
    let page = page(&mut desk, &staff, &around, restriction, form).await?;
    around.saw(&desk, &staff, page.customer.id, "appeal");
    let against = found(store::appeal::against(&mut desk.tx, restriction).await?)?;
    let policy = desk.policy_of(against.policy).await?;
    let round = appeal::round(&against, about == LENGTH);
    let open = against.open.map(|id| paths::Appeal { id });
    show(&around, &New { closed: appeal::closed(&policy, &against, round), open, ..page })
}

pub(super) async fn create(_: paths::Appeals, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let (Ok(id), Ok(restriction)) = (form.value("id").parse(), form.value("restriction").parse()) else { return Err(Fault::NotFound) };
    let of_length = form.value("about") == LENGTH;
    let (listed, vias) = asked(&mut desk, restriction, of_length).await?;
    let Some(received) = read(&mut form, id, (restriction, of_length), &listed, &vias) else {
        let page = page(&mut desk, &staff, &around, restriction, form).await?;
        return again(&around, &page);
    };
    let before = page(&mut desk, &staff, &around, restriction, form.clone()).await;
    match appeal::receive(&mut desk, &received).await {
        Ok(true) => done(desk, &around, saved(), paths::Appeal { id }).await,
        Ok(false) => Ok(lead_on(&around, Flash::note("Saved already.", "This is the one you logged."), paths::Appeal { id })),
        Err(error @ Error::Refused(_)) => {
            refusals(error, &mut form)?;
            let before = before?;
            let frame = before.frame.clone().with_form(&form);
            again(&around, &New { frame, form, ..before })
        }
        Err(error) => Err(error.into()),
    }
}

fn saved() -> Flash {
    Flash::good(
        "Appeal logged.",
        "Whoever may decide it has been told. The letter that says we have it waits under Letters for you to send.",
    )
}

/// The grounds that the policy of this restriction lists, and the ways in which an appeal may have come.
async fn asked(desk: &mut Desk, restriction: RestrictionId, of_length: bool) -> Result<(Vec<String>, Vec<Via>), Fault> {
    let against = found(store::appeal::against(&mut desk.tx, restriction).await?)?;
    let round = appeal::round(&against, of_length);
    let policy = desk.policy_of(appeal::policy(&against, round)).await?;
    let profile = rules::appeal::profile(&policy, round);
    let listed = profile.grounds.as_ref().map(|grounds| grounds.value.clone()).unwrap_or_default();
    Ok((listed, Via::offered(desk, against.customer).await?))
}

/// The ground that the policy does not list: nobody is turned away for it, and whoever decides sees it.
const NONE_OF_THESE: &str = "none";

/// Which of the listed grounds it rests on; none where none fits. One is chosen wherever the policy lists any.
pub(in crate::web) fn read_listed(form: &mut Form, listed: &[String]) -> Option<Vec<String>> {
    if listed.is_empty() {
        return Some(Vec::new());
    }
    let keys: Vec<String> = (1..=listed.len()).map(|place| place.to_string()).collect();
    let options: Vec<(&str, Option<&String>)> =
        keys.iter().map(String::as_str).zip(listed.iter().map(Some)).chain([(NONE_OF_THESE, None)]).collect();
    let chosen = form.some_choices("listed", &options, "Choose what it rests on, or that none of these fits")?;
    Some(chosen.into_iter().flatten().cloned().collect())
}

fn read(
    form: &mut Form,
    id: AppealId,
    (restriction, of_length): (RestrictionId, bool),
    listed: &[String],
    vias: &[Via],
) -> Option<Received> {
    let listed = read_listed(form, listed);
    let vias: Vec<(&str, Via)> = vias.iter().map(|via| (via.key(), *via)).collect();
    let grounds = form.text("grounds", |typed| {
        Narrative::parse(typed).map_err(|error| said(typed, &error, "Write down what the ⟦customer⟧ says is wrong"))
    });
    let new_information = form.optional("new_information", Narrative::parse);
    let on = form.date("received_on", "Enter the day it reached us");
    let via = form.choice("received_via", &vias, "Choose how it reached us");
    let late_because = form.optional("late_because", Narrative::parse);
    Some(Received {
        id,
        restriction,
        of_length,
        on: on?,
        via: via?,
        listed: listed?,
        grounds: grounds?.to_string(),
        new_information: new_information?.map(|text| text.to_string()),
        late_because: late_because?.map(|text| text.to_string()),
    })
}

/// An empty field is asked for in the page's own words; anything else keeps its own sentence.
pub(in crate::web) fn said(typed: &str, error: &impl std::fmt::Display, empty: &str) -> String {
    if typed.trim().is_empty() { empty.to_owned() } else { error.to_string() }
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, restriction: RestrictionId, form: Form) -> Result<New, Fault> {
    let against = found(store::appeal::against(&mut desk.tx, restriction).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, against.customer).await?)?;
    let round = appeal::round(&against, form.value("about") == LENGTH);
    let policy = desk.policy_of(appeal::policy(&against, round)).await?;
    let last_day = appeal::last_day(&policy, &against, round, desk.today());
    let vias = Via::offered(desk, against.customer).await?;
    let today = desk.today();
    let when = match last_day {
        None => "The policy sets no last day for it.".to_owned(),
        Some(day) if day < today => {
            format!("The last day for it was {}. A late one is taken too; somebody decides whether it is heard.", say::day(day))
        }
        Some(day) => format!("The last day for it is {}.", say::day(day)),
    };
    Ok(New {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        closed: Vec::new(),
        open: None,
        customer,
        restriction,
        word: policy.words.restriction.one.clone(),
        word_appeal: round.named(&policy),
        a: round.a(&policy),
        of_length: round == Round::Length,
        other: other(&policy, &against, round, restriction),
        vias: vias.iter().map(|via| Choice::new(via.key(), via.title())).collect(),
        when,
        has_last_day: last_day.is_some(),
        asks_for_writing: rules::appeal::asks_for_writing(&policy, round),
        listed: listed_choices(rules::appeal::profile(&policy, round).grounds.as_ref().map_or(&[], |grounds| &grounds.value[..])),
        answered_by: say::weekday(rules::appeal::answer_by(&policy, round, today).due),
    })
}

/// Where the other of the two appeals is logged, where there are two: against the whole, and about the length alone.
fn other(
    policy: &rules::policy::Policy,
    against: &store::appeal::Against,
    round: Round,
    restriction: RestrictionId,
) -> Option<(String, String)> {
    let new = format!("{}?restriction={restriction}", paths::AppealNew {});
    let (href, other) = match round {
        Round::Length => (new, appeal::round(against, false)),
        Round::First | Round::Second => (format!("{new}&about={LENGTH}"), Round::Length),
    };
    appeal::has(policy, against, other).then(|| (href, format!("Log {} instead", other.a(policy))))
}

/// The same as choices.
pub(in crate::web) fn listed_choices(listed: &[String]) -> Vec<Choice> {
    if listed.is_empty() {
        return Vec::new();
    }
    let named = listed.iter().enumerate().map(|(at, ground)| Choice::new((at + 1).to_string(), say::sentence(ground)));
    let none = Choice::new(NONE_OF_THESE, "None of these").hint("It is taken all the same. Whoever decides sees that none fits.");
    named.chain([none]).collect()
}
