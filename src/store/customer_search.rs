//! Finding customers however their name, number or home is typed: by equality and by range alone, so that an index serves under row security.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::CustomerId;
use crate::rules::search::deletions;

/// The most matches that are shown, and one more to tell that there are others.
pub const MOST: i64 = 21;

/// Enough to be sure who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Their id.
    pub id: CustomerId,
    /// Their reference, as it is spoken.
    pub reference: String,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Their tenancy, if they have one.
    pub tenancy_ref: Option<String>,
    /// First line of the address.
    pub line1: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Last four digits of a phone number of theirs.
    pub phone_ends: Option<String>,
    /// Whether contact with them is limited today.
    pub is_limited: bool,
    /// Whether a restriction of theirs waits for an appeal.
    pub is_suspended: bool,
}

/// What is known exactly: any one of these is enough.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// A phone number in E.164.
    pub phone: Option<String>,
    /// An email address in lower case.
    pub email: Option<String>,
    /// A tenancy reference, letters and digits only.
    pub tenancy: Option<String>,
    /// A customer's reference as it is kept.
    pub reference: Option<String>,
    /// A postcode without its space.
    pub postcode: Option<String>,
}

/// One word to find: it begins so, or it is one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The first word in the range.
    pub from: String,
    /// The first word after it.
    pub to: String,
    /// Other spellings that will do.
    pub or: Vec<String>,
}

impl Wanted {
    /// Every word that begins so.
    pub fn beginning(word: &str) -> Self {
        Self { from: word.to_owned(), to: format!("{word}\u{10ffff}"), or: Vec::new() }
    }

    /// This very word.
    pub fn exactly(word: &str) -> Self {
        Self { from: word.to_owned(), to: format!("{word}\u{1}"), or: Vec::new() }
    }

    /// Whether a word on record will do.
    pub fn fits(&self, word: &str) -> bool {
        (self.from.as_str()..self.to.as_str()).contains(&word) || self.or.iter().any(|or| or == word)
    }
}

/// How many words one search looks for.
pub const MOST_WORDS: usize = 5;

/// Customers with one of these numbers, addresses or references, by name.
pub async fn by_key(tx: &mut LandlordTx, keys: &Keys, today: NaiveDate, most: i64) -> Result<Vec<Match>> {
    let found = sqlx::query_scalar!(
        r#"select found.id as "id!"
             from (select p.customer_id as id from customer_phone p where p.number = $1
                   union select m.customer_id from customer_email m where m.address = $2
                   union select t.id from customer t where t.tenancy_key = $3
                   union select f.id from customer f where f.ref = $4
                   union select h.id from customer h where h.postcode_key = $5) found
             join customer c on c.id = found.id
            order by c.family, c.given, c.id
            limit $6"#,
        keys.phone,
        keys.email,
        keys.tenancy,
        keys.reference,
        keys.postcode,
        most,
    )
    .fetch_all(tx.connection())
    .await?;
    shown(tx, &found.into_iter().map(|id| Ranked { id, place: 1 }).collect::<Vec<_>>(), today).await
}

/// Customers whose name or address has every one of these words. Names before addresses.
pub async fn by_words(tx: &mut LandlordTx, words: &[Wanted], today: NaiveDate) -> Result<Vec<Match>> {
    let lists = Lists::of(words);
    let mut found = at_once(tx, &lists).await?;
    if found.is_empty() {
        found = rarest_first(tx, &lists).await?;
    }
    shown(tx, &found, today).await
}

/// Words as three columns, a row for each.
struct Lists {
    low: Vec<String>,
    high: Vec<String>,
    /// The other spellings, with a space between.
    or: Vec<String>,
}

impl Lists {
    fn of(words: &[Wanted]) -> Self {
        Self {
            low: words.iter().map(|word| word.from.clone()).collect(),
            high: words.iter().map(|word| word.to.clone()).collect(),
            or: words.iter().map(|word| word.or.join(" ")).collect(),
        }
    }
}

/// A customer who was found, and how well: 1 is best, and several may be as good as each other.
struct Ranked {
    id: Uuid,
    place: i64,
}

/// Lays everybody who has any of the words side by side, and keeps who has all. Nobody where the words together begin a thousand words on
/// record or more: that many are not worth reading, and `rarest_first` finds them.
async fn at_once(tx: &mut LandlordTx, lists: &Lists) -> Result<Vec<Ranked>> {
    Ok(sqlx::query_as!(
        Ranked,
        r#"with span as materialized (
             select r.nth, r.low, r.high, 0 as slips
               from unnest($1::text[], $2::text[]) with ordinality as r (low, high, nth)
             union all
             select o.nth, a.word, a.word || chr(1), a.slips
               from unnest($3::text[]) with ordinality as o (also, nth), unnest(string_to_array(o.also, ' ')) with ordinality as a (word, slips)),
           hit as materialized (
             select 1 << s.nth::int4 as word_bit, s.slips, n.in_name, w.customer_id, w.word
               from span s
              cross join (values (true), (false)) as n (in_name)
              cross join lateral (
                    select v.customer_id, v.word
                      from customer_word v
                     where v.in_name = n.in_name and v.word >= s.low and v.word < s.high
                     limit 1000) w)
           select customer_id as "id!", rank() over (order by sum(slips), count(*) filter (where in_name) desc, min(word)) as "place!"
             from hit
            group by customer_id
           having bit_or(word_bit) = (2 << cardinality($1::text[])) - 2 and (select count(*) from hit) < 1000
            order by 2, 1
            limit $4"#,
        &lists.low,
        &lists.high,
        &lists.or,
        MOST,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Reads the rarest word's customers in order, and looks for the other words at each, until enough have all.
async fn rarest_first(tx: &mut LandlordTx, lists: &Lists) -> Result<Vec<Ranked>> {
    Ok(sqlx::query_as!(
        Ranked,
        r#"with rarest as materialized (
             select r.low, r.high, r.also
               from unnest($1::text[], $2::text[], $3::text[]) as r (low, high, also)
              order by (select count(*)
                          from (select from customer_word v where v.in_name and v.word >= r.low and v.word < r.high limit 1000) few)
                     + (select count(*)
                          from (select from customer_word v where not v.in_name and v.word >= r.low and v.word < r.high limit 1000) few)
                     + cardinality(string_to_array(r.also, ' '))
              limit 1),
           span as materialized (
             select r.low, r.high, 0 as slips from rarest r
             union all
             select a.word, a.word || chr(1), a.slips from rarest r, unnest(string_to_array(r.also, ' ')) with ordinality as a (word, slips))
           select w.customer_id as "id!", rank() over (order by min(s.slips), bool_or(n.in_name) desc, min(w.word)) as "place!"
             from span s
            cross join (values (true), (false)) as n (in_name)
            cross join lateral (
                  select v.customer_id, v.word
                    from customer_word v
                   where v.in_name = n.in_name
                     and v.word >= s.low
                     and v.word < s.high
                     and not exists (
                         select from unnest($1::text[], $2::text[], $3::text[]) as a (low, high, also)
                          where not exists (select from customer_word x
                                             where x.customer_id = v.customer_id
                                               and (x.word >= a.low and x.word < a.high or x.word = any (string_to_array(a.also, ' ')))))
                   order by v.word, v.customer_id
                   limit 2 * $4::int8) w
            group by w.customer_id
            order by 2, 1
            limit $4"#,
        &lists.low,
        &lists.high,
        &lists.or,
        MOST,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// What a list shows of those who were found: the best first, and by name among those as good as each other.
async fn shown(tx: &mut LandlordTx, found: &[Ranked], today: NaiveDate) -> Result<Vec<Match>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let places: Vec<i64> = found.iter().map(|one| one.place).collect();
    Ok(sqlx::query_as!(
        Match,
        r#"select c.id as "id: CustomerId", c.ref as reference, c.given, c.family, c.tenancy_ref, c.line1, c.town, c.postcode,
                  (select right(p.number, 4) from customer_phone p where p.customer_id = c.id order by p.number limit 1) as phone_ends,
                  coalesce(r.is_limited, false) as "is_limited!", coalesce(r.is_suspended, false) as "is_suspended!"
             from unnest($1::uuid[], $2::int8[]) as found (id, place)
             join customer c on c.id = found.id
             left join lateral (select bool_or(f.is_applied) as is_limited, bool_or(f.is_suspended) as is_suspended
                                  from in_force_on($3) f
                                 where f.customer_id = c.id) r on true
            order by found.place, c.family, c.given, c.id"#,
        &ids,
        &places,
        today,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// Words on record that share a form with one of these words once a letter is left out of either: what may have been meant.
pub async fn words_near(tx: &mut LandlordTx, words: &[String]) -> Result<Vec<String>> {
    let slips: Vec<String> = words.iter().flat_map(|word| deletions(word)).collect();
    Ok(sqlx::query_scalar!("select distinct word from word_slip where slip = any($1::text[]) limit 500", &slips)
        .fetch_all(tx.connection())
        .await?)
}

/// Puts the words of one customer in place of those kept before.
pub async fn index_words(tx: &mut LandlordTx, customer: CustomerId, name_words: &[String], other_words: &[String]) -> Result<()> {
    sqlx::query!("delete from customer_word where customer_id = $1", customer.0).execute(tx.connection()).await?;
    index_many(tx, &[Indexed { customer, name_words: name_words.to_vec(), other_words: other_words.to_vec() }]).await
}

/// The words of a customer who has none on record yet.
#[derive(Clone, Debug)]
pub struct Indexed {
    /// Whose they are.
    pub customer: CustomerId,
    /// Of the name.
    pub name_words: Vec<String>,
    /// Of the address, and what else they are known by.
    pub other_words: Vec<String>,
}

/// Keeps the words of several new customers at once.
pub async fn index_many(tx: &mut LandlordTx, customers: &[Indexed]) -> Result<()> {
    let mut words = Vec::new();
    let mut whose = Vec::new();
    let mut in_name = Vec::new();
    for one in customers {
        let of_name = one.name_words.iter().map(|word| (word, true));
        let others = one.other_words.iter().map(|word| (word, false));
        for (word, is_name) in of_name.chain(others) {
            words.push(word.clone());
            whose.push(one.customer.0);
            in_name.push(is_name);
        }
    }
    sqlx::query!(
        "insert into customer_word (word, customer_id, in_name)
         select * from unnest($1::text[], $2::uuid[], $3::bool[])
         on conflict do nothing",
        &words,
        &whose,
        &in_name,
    )
    .execute(tx.connection())
    .await?;
    add_slips(tx, words.into_iter().collect()).await
}

async fn add_slips(tx: &mut LandlordTx, words: BTreeSet<String>) -> Result<()> {
    let (mut slips, mut meant) = (Vec::new(), Vec::new());
    for word in words {
        for slip in deletions(&word) {
            slips.push(slip);
            meant.push(word.clone());
        }
    }
    sqlx::query!(
        "insert into word_slip (slip, word)
         select * from unnest($1::text[], $2::text[])
         on conflict do nothing",
        &slips,
        &meant,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
