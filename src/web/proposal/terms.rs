//! What changes, and for how long.

use askama::Template;
use chrono::NaiveDate;

use super::{Lead, Section, Whole, frame, mine, proposal, saved, unsaved, version, words};
use crate::casework::proposal::TermsPart;
use crate::http::answer::{again, done, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Posted, Reading};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::measure::bundle::{self, Severity};
use crate::rules::measure::{Term, TopicMode};
use crate::rules::policy::Policy;
use crate::rules::proposal::{NO_ROUTE, PUTTING_RIGHT, why_key};
use crate::rules::restriction_term::{self, Before, Dates, Runs};
use crate::rules::{review, say};
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;
use crate::web::terms::{self, TermsForm};

#[derive(Template)]
#[template(path = "proposal/terms.html")]
struct Page {
    frame: Frame,
    form: Form,
    kept: Kept,
    lead: Lead,
    save_to: paths::ProposalTerms,
    terms_form: TermsForm,
    against: Vec<(&'static str, &'static str, String)>,
    /// What we put right, where a topic is left out beside it.
    putting_right: String,
    clashes: bool,
    nowhere: bool,
    needs: Vec<String>,
    reviews: Vec<Choice>,
    /// The day is any up to this one, as a hint; empty where an interval is chosen.
    any_day: String,
    may_be_permanent: bool,
    length: String,
}

pub(super) async fn show_form(path: paths::ProposalTerms, Reading { mut desk, staff, around }: Reading) -> Answered {
    let whole = match mine(&mut desk, &staff, path.id).await? {
        Ok(whole) => whole,
        Err(elsewhere) => return Ok(elsewhere),
    };
    around.saw(&desk, &staff, whole.customer.id, "proposal");
    let form = filled(&whole, desk.today());
    let (form, kept) = draft::laid_over(&mut desk, &path, form).await?;
    let frame = frame(&desk, &staff, &around, &form);
    let among = terms::colleagues(&mut desk).await?;
    show(&around, &Page { kept, ..page(frame, form, &whole, desk.today(), among) })
}

pub(super) async fn save(path: paths::ProposalTerms, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let whole = proposal::read(&mut desk, path.id).await?;
    whole.may_change(staff.id)?;
    let today = desk.today();
    let among = terms::colleagues(&mut desk).await?;
    terms::name_colleagues(&mut desk, &mut form).await?;
    let Some(part) = read(&mut form, &whole, today) else {
        let frame = frame(&desk, &staff, &around, &form);
        return again(&around, &page(frame, form, &whole, today, among));
    };
    let is_new = part.terms != whole.draft().terms;
    let unmet = |one: bundle::Refusal| match one.severity {
        Severity::Never => true,
        Severity::Senior => part.own_reasons.get(NO_ROUTE).is_none_or(String::is_empty),
        Severity::Reason => part.clash_because.is_empty(),
        // Said once, in full, to whoever asks for it; then it is theirs to send.
        Severity::Warning => is_new,
    };
    let stands_against = !part.terms.is_empty() && against(&whole, &part.terms).into_iter().any(unmet);
    match proposal::save_terms(&mut desk, path.id, version(&form), part).await {
        Ok(()) if stands_against => {
            let flash = Flash::note("Terms saved.", "Something stands against them: look below before you go on.");
            done(desk, &around, flash, paths::ProposalTerms { id: path.id }).await
        }
        Ok(()) => saved(desk, &around, path.id, Section::Terms).await,
        Err(error) => unsaved(error, form, whole.proposal.version, &around, |form| {
            page(frame(&desk, &staff, &around, &form), form, &whole, today, among)
        }),
    }
}

fn against(whole: &Whole, terms: &[crate::rules::measure::Chosen]) -> Vec<bundle::Refusal> {
    bundle::check(terms, &whole.draft().bounds(&whole.policy), &whole.needs())
}

fn read(form: &mut Form, whole: &Whole, today: NaiveDate) -> Option<TermsPart> {
    let policy = &whole.policy;
    let terms = TermsForm::read(form, policy, &[]);
    let mut own_reasons = TermsForm::own_reasons(form, policy);
    own_reasons.insert(NO_ROUTE.to_owned(), String::new());
    for (key, reason) in &mut own_reasons {
        *reason = words(form, key)?;
    }
    let clash_because = words(form, "clash_because");
    let before = terms.as_ref().map_or_else(|| whole.before(today), |terms| whole.before_with(terms, today));
    let dates = dates(form, policy, &before, today);
    if let Some(sentences) = terms.as_ref().and_then(|terms| whole.cannot_stand(terms)) {
        form.wrong("measure", sentences);
        return None;
    }
    let (review_on, ends_on, permanent) = dates?;
    Some(TermsPart { terms: terms?, own_reasons, clash_because: clash_because?, review_on, ends_on, permanent })
}

/// The days asked for, as far as they are given, each possible by the policy.
fn dates(form: &mut Form, policy: &Policy, before: &Before, today: NaiveDate) -> Option<(Option<NaiveDate>, Option<NaiveDate>, bool)> {
    let permanent = may_be_permanent(policy) && form.yes("permanent");
    let review_on = form.optional_date("review_on", "Choose when this is looked at again");
    let ends_on = if permanent { Some(None) } else { form.optional_date("ends_on", "Enter the last day, such as 10 March 2027") };
    let (review_on, ends_on) = (review_on?, ends_on?);
    let review = review_on.unwrap_or_else(|| review::after(policy, today, before.runs.review, ends_on));
    let until = match (ends_on, permanent) {
        (None, false) => Some(restriction_term::latest(policy, today, before)),
        (given, _) => given,
    };
    if let Err(wrong) = restriction_term::check(policy, Dates { from: today, until, review }, before) {
        for one in wrong {
            match one.is_about_review() {
                true if review_on.is_some() => form.wrong("review_on", sentence(&one)),
                false if ends_on.is_some() || permanent => form.wrong("ends_on", sentence(&one)),
                _ => {}
            }
        }
    }
    let wrong = form.error("review_on").is_some() || form.error("ends_on").is_some();
    (!wrong).then_some((review_on, ends_on, permanent))
}

/// Errors stand without a full stop beside fields.
fn sentence(wrong: &restriction_term::Wrong) -> String {
    wrong.to_string().trim_end_matches('.').to_owned()
}

fn may_be_permanent(policy: &Policy) -> bool {
    *policy.terms.permanent && !*policy.terms.end_date_required
}

fn filled(whole: &Whole, today: NaiveDate) -> Form {
    let draft = whole.draft();
    let form = Form::blank().with("version", whole.proposal.version).with("clash_because", &draft.assessment.clash_because);
    let mut form = TermsForm::fill(form, &whole.policy, &draft.terms);
    for offer in whole.policy.measures.offered.iter().filter(|offer| offer.own_reason) {
        form = form.with(&why_key(offer.key()), draft.assessment.own_reason(offer.key()));
    }
    for (key, _) in whole.policy.measures.offered.iter().flat_map(|offer| whole.policy.guards(offer)) {
        if draft.assessment.confirmed(&key) {
            form = form.with(&key, "yes");
        }
    }
    let mut form = form.with(NO_ROUTE, draft.assessment.answer(NO_ROUTE));
    let is_new = draft.terms.is_empty() && draft.review_on.is_none() && draft.ends_on.is_none() && !draft.permanent;
    let ends_on = if is_new { Some(restriction_term::usual_end(&whole.policy, today, &whole.before(today))) } else { draft.ends_on };
    if let Some(day) = draft.review_on {
        form = form.with("review_on", day);
    }
    if let Some(day) = ends_on {
        form = form.with("ends_on", day);
    }
    if draft.permanent { form.with("permanent", "yes") } else { form }
}

fn page(frame: Frame, form: Form, whole: &Whole, today: NaiveDate, among: Vec<Choice>) -> Page {
    let policy = &whole.policy;
    let draft = whole.draft();
    let before = whole.before(today);
    let refusals = if draft.terms.is_empty() { Vec::new() } else { against(whole, &draft.terms) };
    Page {
        frame,
        lead: Lead::of(whole, "What changes, and for how long?", "No more than is needed, fitted to this person."),
        kept: Kept::nothing(paths::ProposalTerms { id: whole.proposal.id }),
        save_to: paths::ProposalTerms { id: whole.proposal.id },
        terms_form: TermsForm::of(policy, &draft.terms).among(among),
        clashes: refusals.iter().any(|one| one.severity == Severity::Reason) || !draft.assessment.clash_because.is_empty(),
        nowhere: refusals.iter().any(|one| one.severity == Severity::Senior) || !draft.assessment.answer(NO_ROUTE).is_empty(),
        putting_right: match draft.terms.iter().any(|term| matches!(term.term, Term::Topics { mode: TopicMode::Excluded, .. })) {
            true => draft.assessment.answer(PUTTING_RIGHT).trim().to_owned(),
            false => String::new(),
        },
        against: refusals.into_iter().map(told).collect(),
        needs: whole.proposal.needs.iter().map(|need| say::sentence(&need.to_do)).collect(),
        any_day: match review::is_set_in_letter(policy) {
            true => format!("On or before {}. The review cannot be left out.", say::day(review::latest_due(policy, today))),
            false => String::new(),
        },
        reviews: reviews(policy, draft.review_on, today, &before),
        may_be_permanent: may_be_permanent(policy),
        length: length(policy, today, &before),
        form,
    }
}

/// The usual length and the latest day; why that is sooner where earlier restrictions count too; and what may run longer by itself.
fn length(policy: &Policy, today: NaiveDate, before: &Before) -> String {
    let runs = &before.runs;
    let (usual, term) = (say::sentence(&runs.usual.to_string()), restriction_term::latest_end(policy, today, runs));
    let latest = restriction_term::latest(policy, today, before);
    match policy.terms.cap.length() {
        Some(cap) if latest < term => format!(
            "{usual} is usual. The latest is {}: all terms together may run {cap}, counted from {}.",
            say::day(latest),
            say::day(before.first)
        ),
        _ => format!(
            "{usual} is usual. The latest is {}, {} after today{}.{}",
            say::day(term),
            runs.longest,
            runs.because,
            alone(policy, runs)
        ),
    }
}

/// The measures that may run longer where nothing stricter is chosen with them.
fn alone(policy: &Policy, runs: &Runs) -> String {
    let longer =
        policy.measures.offered.iter().filter_map(|offer| Some((offer, offer.longest.filter(|own| own.is_longer_than(runs.longest))?)));
    let longer: Vec<String> = longer.map(|(offer, longest)| format!("“{}” {longest}", offer.title)).collect();
    if longer.is_empty() { String::new() } else { format!(" By itself, {} at most.", say::list(&longer)) }
}

fn told(refusal: bundle::Refusal) -> (&'static str, &'static str, String) {
    match refusal.severity {
        Severity::Never => ("stop", "This cannot stand.", refusal.sentence),
        Severity::Senior => ("stop", "No way to reach us stays open.", refusal.sentence),
        Severity::Warning => ("stop", "Think again.", refusal.sentence),
        Severity::Reason => ("care", "This may not work.", refusal.sentence),
    }
}

/// A choice for each interval of the policy, counted from today; and the day chosen before, where it is another one. Where behaviour so grave
/// has a usual interval of its own, that is said beside it.
fn reviews(policy: &Policy, chosen: Option<NaiveDate>, today: NaiveDate, before: &Before) -> Vec<Choice> {
    let usual = (before.runs.review != *policy.reviews.usual).then(|| review::due(policy, today, before.runs.review).ok()).flatten();
    let offered: Vec<(NaiveDate, String)> = policy
        .reviews
        .intervals
        .iter()
        .filter_map(|interval| Some((review::due(policy, today, *interval).ok()?, format!("After {interval}"))))
        .collect();
    let kept = chosen.filter(|day| offered.iter().all(|(offered, _)| offered != day)).map(|day| (day, "As chosen before".to_owned()));
    let hint = |day: NaiveDate| match usual == Some(day) {
        true => format!("By {}, as is usual for behaviour so grave", say::day(day)),
        false => format!("By {}", say::day(day)),
    };
    kept.into_iter().chain(offered.clone()).map(|(day, label)| Choice::new(day.to_string(), label).hint(hint(day))).collect()
}
