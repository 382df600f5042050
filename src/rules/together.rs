//! Several people in one event (`people.groups`, WK-01): each is decided for alone, and no letter to one names another.

use super::policy::Policy;

/// Why somebody else cannot be added to an event, as a sentence; nothing where the policy lets several people be dealt with together.
pub fn refused(policy: &Policy) -> Option<String> {
    (!*policy.people.groups)
        .then(|| "The policy deals with each person by themselves. Log what somebody else did from their own record.".to_owned())
}

/// Somebody a letter could name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    pub title: Option<&'a str>,
    pub given: &'a str,
    pub family: &'a str,
    /// The customer's reference.
    pub reference: &'a str,
}

impl Named<'_> {
    /// Every way in which a letter would give them away: the whole name, the title with the family name, the reference.
    fn ways(&self) -> Vec<String> {
        let title = self.title.map(|title| format!("{title} {}", self.family));
        let whole = format!("{} {}", self.given, self.family);
        [Some(whole), title, Some(self.reference.to_owned())].into_iter().flatten().map(|way| plain(&way)).collect()
    }
}

/// The first of these people that a text to somebody names; what is their own name too is theirs.
pub fn named_in<'a>(text: &str, to: &Named<'_>, others: &[Named<'a>]) -> Option<Named<'a>> {
    let (text, own) = (plain(text), to.ways());
    others.iter().copied().find(|other| other.ways().iter().any(|way| !own.contains(way) && says(&text, way)))
}

/// Whether a text that others read names somebody: in any of these ways, or by the family name alone, as a name is written, or in capitals.
pub fn is_named(text: &str, one: &Named<'_>) -> bool {
    let (text, family) = (spaced(text), spaced(one.family));
    says(&text, &family) || says(&text, &family.to_uppercase()) || one.ways().iter().any(|way| says(&text.to_lowercase(), way))
}

/// Lower-case words with one space between them.
fn plain(text: &str) -> String {
    spaced(text).to_lowercase()
}

/// Words with one space between them, and one sign for an apostrophe.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}

/// Whether a text holds these words as words: "Ann Lee" is not in "Joann Leeson".
fn says(text: &str, words: &str) -> bool {
    let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    !words.is_empty()
        && text
            .match_indices(words)
            .any(|(at, _)| is_edge(text[..at].chars().next_back()) && is_edge(text[at + words.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::pack;

    const fn person(title: Option<&'static str>, given: &'static str, family: &'static str, reference: &'static str) -> Named<'static> {
        Named { title, given, family, reference }
    }

    #[test]
    fn what_colleagues_read_names_nobody() {
        let green = person(Some("Mrs"), "Ivy", "Green", "432-559-6316");
        let table = [
            ("Ring back the same day, even with no news.", false),
            ("The green form is out of date.", false),
            ("Green rang four times.", true),
            ("ivy  green was left waiting", true),
            ("See 432-559-6316.", true),
            ("Greenfield Road has no lift.", false),
            ("GREEN rang four times.", true),
        ];
        for (text, named) in table {
            assert_eq!(is_named(text, &green), named, "{text}");
        }
        let brien = person(None, "Sean", "O'Brien", "432-559-6317");
        assert!(is_named("O’Brien waited a week.", &brien) && !is_named("Brien waited a week.", &brien));
    }

    #[test]
    fn wk_01_no_letter_names_another_person_of_the_group() {
        let to = person(Some("Mr"), "Colin", "Ashworth", "432-559-6316");
        let others = [person(Some("Mrs"), "Ann", "Lee", "111-222-3333"), person(None, "Colin", "Ashworth", "999-222-3333")];
        let table = [
            ("nobody", "You shouted, and she was afraid.", false),
            ("the whole name", "You and ann\u{a0}LEE shouted.", true),
            ("with a title", "Mrs Lee held the door.", true),
            ("the reference", "See 111-222-3333.", true),
            ("at the end", "You came with Ann Lee", true),
            ("another word", "Joann Leeson wrote, and Ann Leeson.", false),
            ("a family name alone is a word like any other", "You sat to the lee of the wall.", false),
            ("one's own name, whoever else has it", "Dear Mr Ashworth, Colin Ashworth", false),
            ("but not another's reference", "Ashworth 999-222-3333", true),
        ];
        for (why, text, names) in table {
            assert_eq!(named_in(text, &to, &others).is_some(), names, "{why}");
        }
    }

    #[test]
    fn wk_01_whether_several_may_be_dealt_with_together_is_the_policys() {
        let mut policy = pack("west-kent");
        assert_eq!(refused(&policy), None);
        policy.people.groups.value = false;
        assert!(refused(&policy).is_some());
    }
}
