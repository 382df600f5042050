//! Finding the customer somebody means: exactly where they can, by the words of a name or an address, and only then by near spellings.

use super::Result;
use super::desk::Desk;
use crate::rules::search::{Query, edit_distance, is_slip, words};
use crate::store::customer_search::{self as store, Keys, MOST_WORDS, Match, Wanted};

/// What a search came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best first; at most one more than are shown.
    pub matches: Vec<Match>,
    /// Nothing was spelt so: these are near.
    pub is_near: bool,
}

/// A postcode can be a whole block of flats, which a house number or a name then narrows.
const IN_A_BLOCK: i64 = 200;
/// How many spellings stand in for one that is not on record.
const SPELLINGS: usize = 6;

/// Everybody who may be meant.
pub async fn search(desk: &mut Desk, query: &Query) -> Result<Found> {
    let exact = by_key(desk, query).await?;
    if !exact.is_empty() || query.words.is_empty() {
        return Ok(Found { matches: exact, is_near: false });
    }
    let typed = longest(&query.words);
    let as_typed: Vec<Wanted> = typed.iter().map(|word| wanted(word)).collect();
    let today = desk.today();
    let matches = store::by_words(&mut desk.tx, &as_typed, today).await?;
    if !matches.is_empty() {
        return Ok(Found { matches, is_near: false });
    }
    let near = near(desk, &typed, as_typed).await?;
    let is_near = !near.is_empty();
    Ok(Found { matches: near, is_near })
}

async fn by_key(desk: &mut Desk, query: &Query) -> Result<Vec<Match>> {
    let keys = Keys {
        phone: query.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        email: query.email.as_ref().map(|email| email.as_str().to_owned()),
        tenancy: query.reference.clone(),
        reference: query.customer_ref(),
        postcode: query.postcode.as_ref().map(|postcode| postcode.key()),
    };
    if [&keys.phone, &keys.email, &keys.tenancy, &keys.postcode].iter().all(|key| key.is_none()) {
        return Ok(Vec::new());
    }
    let today = desk.today();
    let mut found = narrowed(store::by_key(&mut desk.tx, &keys, today, IN_A_BLOCK).await?, &query.words);
    found.truncate(usize::try_from(store::MOST).unwrap_or(usize::MAX));
    Ok(found)
}

/// Those who have every word that was typed beside the number; all of them when nobody has.
fn narrowed(found: Vec<Match>, typed: &[String]) -> Vec<Match> {
    let (fit, rest): (Vec<Match>, Vec<Match>) = found.into_iter().partition(|one| has_all(one, typed));
    if fit.is_empty() { rest } else { fit }
}

fn has_all(one: &Match, typed: &[String]) -> bool {
    let home = [&one.line1, &one.town].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let known: Vec<String> = words(&format!("{} {}", one.given, one.family)).into_iter().chain(words(&home)).collect();
    typed.iter().map(|word| wanted(word)).all(|wanted| known.iter().any(|word| wanted.fits(word)))
}

/// The words on record that a typed word may begin. A house number is whole: 14 and 14A, never 140; and so is the end of a phone number.
fn wanted(word: &str) -> Wanted {
    match word.bytes().all(|byte| byte.is_ascii_digit()) {
        true if word.len() >= 4 => Wanted::exactly(word),
        true => Wanted { or: ('a'..='h').map(|letter| format!("{word}{letter}")).collect(), ..Wanted::exactly(word) },
        false => Wanted::beginning(word),
    }
}

/// As many words as one search takes: the longest, which say most.
fn longest(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(MOST_WORDS);
    words
}

/// The same with the nearest spellings on record beside each word.
async fn near(desk: &mut Desk, typed: &[String], mut wanted: Vec<Wanted>) -> Result<Vec<Match>> {
    let long: Vec<String> = typed.iter().filter(|word| word.chars().count() >= 3).cloned().collect();
    let known = store::words_near(&mut desk.tx, &long).await?;
    if known.is_empty() {
        return Ok(Vec::new());
    }
    for (word, wanted) in typed.iter().zip(&mut wanted) {
        wanted.or.extend(spellings(word, &known));
    }
    let today = desk.today();
    Ok(store::by_words(&mut desk.tx, &wanted, today).await?)
}

/// The nearest first.
fn spellings(typed: &str, known: &[String]) -> Vec<String> {
    let mut near: Vec<(usize, &String)> =
        known.iter().filter(|known| is_slip(typed, known)).map(|known| (edit_distance(typed, known), known)).collect();
    near.sort();
    near.into_iter().take(SPELLINGS).map(|(_, word)| word.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::id::CustomerId;

    fn ashworth() -> Match {
        Match {
            id: CustomerId::from(uuid::Uuid::nil()),
            reference: "404-118-2731".into(),
            given: "Colin".into(),
            family: "Ashworth".into(),
            tenancy_ref: None,
            line1: Some("14 Fernbank Close".into()),
            town: Some("Northmere".into()),
            postcode: Some("NM4 6QT".into()),
            phone_ends: None,
            is_limited: false,
            is_suspended: false,
        }
    }

    #[test]
    fn a_house_number_is_never_the_beginning_of_another() {
        let fits = |known: &str| wanted("14").fits(known);
        assert!(fits("14") && fits("14a") && fits("14h"));
        assert!(!fits("140") && !fits("1") && !fits("15"));
    }

    #[test]
    fn a_name_beside_a_postcode_leaves_only_those_who_bear_it() {
        let neighbour = Match { given: "Ann".into(), family: "Bell".into(), line1: Some("140 Fernbank Close".into()), ..ashworth() };
        let both = vec![neighbour.clone(), ashworth()];
        assert_eq!(narrowed(both.clone(), &["14".into()]), [ashworth()]);
        assert_eq!(narrowed(both.clone(), &["bel".into()]), [neighbour]);
        assert_eq!(narrowed(both.clone(), &["nobody".into()]).len(), 2);
    }

    #[test]
    fn the_nearest_spelling_stands_first() {
        let known = ["ashworthy".to_owned(), "ashworth".into(), "barnsley".into()];
        let near = spellings("ashwroth", &known);
        assert_eq!(near.first().map(String::as_str), Some("ashworth"));
        assert!(!near.contains(&"barnsley".to_owned()));
    }
}
