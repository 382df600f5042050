//! The landlord's own words where staff read: on pages and in emails. A sentence writes ⟦customer⟧, ⟦a customer⟧, ⟦Customers⟧, ⟦an appeal⟧,
//! ⟦staff⟧ or ⟦police⟧, and what is shown says what this landlord says: "resident", "an almsperson", "objections". Nothing else is touched.

use super::policy::{Policy, Word};
use super::say;

const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// A page in this landlord's words.
pub fn in_page(html: String, policy: &Policy) -> String {
    replaced(html, |word| own(word, policy).map(|own| escaped(&own)))
}

/// A plain text, such as an email, in this landlord's words.
pub fn in_text(text: String, policy: &Policy) -> String {
    replaced(text, |word| own(word, policy))
}

/// A text in the words as they are marked, where no policy is at hand.
pub fn as_marked(text: String) -> String {
    replaced(text, |word| Some(word.to_owned()))
}

fn replaced(text: String, own: impl Fn(&str) -> Option<String>) -> String {
    if !text.contains(OPEN) {
        return text;
    }
    let mut said = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, marked)) = rest.split_once(OPEN) {
        said.push_str(before);
        match marked.split_once(CLOSE).and_then(|(word, after)| Some((own(word)?, after))) {
            Some((word, after)) => {
                said.push_str(&word);
                rest = after;
            }
            // Somebody typed the sign.
            None => {
                said.push(OPEN);
                rest = marked;
            }
        }
    }
    said.push_str(rest);
    said
}

/// One marked word as this landlord says it, with a capital where it has one; nothing for any other.
fn own(marked: &str, policy: &Policy) -> Option<String> {
    let words = &policy.words;
    let plain = marked.to_lowercase();
    let own = match plain.as_str() {
        "staff" => words.staff.clone(),
        "police" => policy.referrals.police_by_name(),
        plain => [
            ("customer", words.customer()),
            ("complaint", words.complaint()),
            ("warning", words.warning.value.clone()),
            ("appeal", words.appeal.value.clone()),
            ("review", words.review.value.clone()),
        ]
        .into_iter()
        .find_map(|(known, word)| form(plain, known, word))?,
    };
    Some(if marked.starts_with(char::is_uppercase) { say::sentence(&own) } else { own })
}

/// "customer", "customers", "a customer": which form of a known word is asked for.
fn form(asked: &str, known: &str, word: Word) -> Option<String> {
    let (article, bare) = asked.strip_prefix("a ").or_else(|| asked.strip_prefix("an ")).map_or((false, asked), |bare| (true, bare));
    match (article, bare.strip_prefix(known)?) {
        (true, "") => Some(word.a),
        (false, "") => Some(word.one),
        (false, "s") => Some(word.many),
        _ => None,
    }
}

fn escaped(word: &str) -> String {
    word.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// policy-pack.md 22.
    #[test]
    fn a_page_says_what_the_landlord_says_and_leaves_everything_else() {
        let mut policy = Policy::read(include_str!("../../tests/packs/saltmarsh.toml")).unwrap();
        let said = |policy: &Policy, text: &str| in_page(text.to_owned(), policy);
        let text = "Add ⟦a customer⟧. ⟦Customers⟧ by name. Log ⟦an appeal⟧. ⟦A warning⟧. Tell ⟦police⟧, ⟦staff⟧: ⟦odd⟧ ⟦";
        assert_eq!(
            said(&policy, text),
            "Add a member. Members by name. Log an objection. A caution. Tell the police, office workers and officers: ⟦odd⟧ ⟦"
        );
        policy.words.customer = None;
        policy.referrals.police.title = "PSNI".into();
        policy.words.staff = "us & ours".into();
        assert_eq!(said(&policy, "⟦Customer⟧ ⟦police⟧ ⟦staff⟧"), "Customer PSNI us &amp; ours");
        assert_eq!(in_text("⟦staff⟧ ⟦A customer⟧".to_owned(), &policy), "us & ours A customer", "an email is no page");
        assert_eq!(as_marked("The ⟦customer⟧ asks.".to_owned()), "The customer asks.");
    }
}
