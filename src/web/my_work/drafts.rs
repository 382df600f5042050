//! What somebody has begun to write and not sent: theirs alone.

use crate::casework::desk::Desk;
use crate::http::fault::Fault;
use crate::rules::policy::Policy;
use crate::rules::say;
use crate::store;
use crate::store::form_draft::Line;
use crate::web::signin::nearest_page;

/// A form somebody has begun: where it is, what it is, and when it was kept.
pub struct Begun {
    pub href: String,
    pub what: String,
    pub since: String,
}

/// Every form its reader has begun, the newest first.
pub(super) async fn of(desk: &mut Desk) -> Result<Vec<Begun>, Fault> {
    let me = desk.staff()?.id;
    let lines = store::form_draft::list(&mut desk.tx, me).await?;
    Ok(lines.into_iter().filter_map(|line| begun(desk, line)).collect())
}

fn begun(desk: &Desk, line: Line) -> Option<Begun> {
    let what = what(&desk.policy, &line.form)?;
    let what = match line.customer {
        Some(name) => format!("{what}: {name}"),
        None => what,
    };
    Some(Begun { href: nearest_page(&line.form)?, what, since: say::minute_this_year(line.saved_at, desk.today()) })
}

/// What a form is for, by its address; nothing where it is none of the long ones.
fn what(policy: &Policy, form: &str) -> Option<String> {
    let words = &policy.words;
    let mut parts = form.split(['/', '?']).skip(1);
    let (noun, rest): (&str, Vec<&str>) = (parts.next()?, parts.collect());
    Some(match (noun, rest.last().copied().unwrap_or_default()) {
        ("incidents", _) => "Decision on an incident".to_owned(),
        ("proposals", _) => format!("Proposal of {}", words.restriction.a),
        ("approvals", _) => format!("Decision on {}", words.restriction.a),
        ("reviews", _) => words.review.heading(),
        ("appeals", _) => format!("Decision on {}", words.appeal.a),
        ("reconsiderations", _) => "Answer to a request to look again".to_owned(),
        ("warnings", "decision") => format!("Decision on {} against {}", words.appeal.a, words.warning.a),
        ("warnings", "appeal") => format!("{} against {}", words.appeal.heading(), words.warning.a),
        ("warnings", _) => words.warning.heading(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::pack;

    #[test]
    fn each_long_form_is_called_by_what_it_is_for() {
        let policy = pack("west-kent");
        let said = |form: &str| what(&policy, form).unwrap_or_default();
        let id = "01a20299-a96a-764e-93d7-384f563759b3";
        assert_eq!(said(&format!("/incidents/{id}/decision")), "Decision on an incident");
        assert_eq!(said(&format!("/reconsiderations/{id}/answer")), "Answer to a request to look again");
        assert_ne!(said(&format!("/warnings/{id}/appeal")), said(&format!("/warnings/{id}/appeal/decision")));
        assert_eq!(said("/warnings/new?customer=432-559-6316&step=a&form=written"), policy.words.warning.heading());
        assert_eq!(what(&policy, "/my-work"), None);
    }
}
