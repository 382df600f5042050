//! Customers: adding one, what helps them, and who may speak for them.

use chrono::NaiveDate;

use super::desk::Desk;
use super::{Error, Result};
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, NeedId, RepresentativeId};
use crate::rules::need::NeedKind;
use crate::rules::search::{OnRecord, words};
use crate::rules::text::{Email, Phone, Postcode, Reference};
use crate::store;
use crate::store::customer::{NewNeed, NewRepresentative};
use crate::store::customer_add::NewCustomer;
use crate::store::customer_correct::Ways;
use crate::store::customer_search::{Keys, Match, Wanted};

/// A customer as they were typed.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Their id.
    pub id: CustomerId,
    /// Mr, Ms, Dr …
    pub title: Option<String>,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// `he`, `she` or `they`.
    pub pronoun: String,
    /// A key of the policy's list of subjects.
    pub subject: String,
    /// A key of the policy's business areas, where one is named.
    pub area: Option<String>,
    /// Their tenancy.
    pub tenancy: Option<Reference>,
    /// First line of the address.
    pub line1: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<Postcode>,
    /// Phone numbers.
    pub phones: Vec<Phone>,
    /// Email addresses.
    pub emails: Vec<Email>,
    /// `standard`, `large-print` or `plain-text`.
    pub letter_format: String,
    /// The language they want, where it is not English.
    pub language: Option<String>,
    /// Whoever adds them has looked at those who may be the same person.
    pub is_somebody_else: bool,
}

/// What became of adding a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// They are on record now, under this reference.
    New(String),
    /// They were added a moment ago: the same press again.
    Already(String),
    /// One of these may be the same person; nothing was saved.
    Perhaps(Vec<Match>),
}

/// Adds a customer, unless somebody on record may be the same person and nobody has looked.
pub async fn add(desk: &mut Desk, customer: &Customer) -> Result<Added> {
    if let Some(known) = store::customer::get(&mut desk.tx, customer.id).await? {
        return Ok(Added::Already(known.reference));
    }
    if !customer.is_somebody_else {
        let alike = alike(desk, customer).await?;
        if !alike.is_empty() {
            return Ok(Added::Perhaps(alike));
        }
    }
    let Some(reference) = insert(desk, customer).await? else {
        let known = store::customer::get(&mut desk.tx, customer.id).await?;
        return super::found(known.map(|known| Added::Already(known.reference)));
    };
    make_findable(desk, customer).await?;
    desk.record(customer.id, Event::CustomerAdded { customer: customer.id.0 }).await?;
    Ok(Added::New(reference))
}

/// Corrects what was known of a customer at a version.
pub async fn correct(desk: &mut Desk, customer: &Customer, version: i32) -> Result<()> {
    let keys = (customer.tenancy.as_ref().map(Reference::key), customer.postcode.as_ref().map(Postcode::key));
    if !store::customer_correct::save(&mut desk.tx, &row(customer, "", &keys), version).await? {
        return Err(Error::Changed("Somebody else corrected this ⟦customer⟧'s details while you were typing.".to_owned()));
    }
    make_findable(desk, customer).await?;
    desk.record(customer.id, Event::CustomerCorrected { customer: customer.id.0 }).await
}

/// By number, by email, and by the words of the name and the address.
async fn make_findable(desk: &mut Desk, customer: &Customer) -> Result<()> {
    let ways = Ways {
        phones: customer.phones.iter().map(|phone| phone.as_str().to_owned()).collect(),
        emails: customer.emails.iter().map(|email| email.as_str().to_owned()).collect(),
    };
    store::customer_correct::save_ways(&mut desk.tx, customer.id, &ways).await?;
    let on_record = OnRecord {
        given: &customer.given,
        family: &customer.family,
        line1: customer.line1.as_deref(),
        town: customer.town.as_deref(),
        postcode: customer.postcode.as_ref().map(Postcode::as_str),
        tenancy: customer.tenancy.as_ref().map(Reference::as_str),
        phones: customer.phones.iter().map(Phone::as_str).collect(),
    };
    let (name, other) = (on_record.name_words(), on_record.other_words());
    Ok(store::customer_search::index_words(&mut desk.tx, customer.id, &name, &other).await?)
}

/// Those with the same number, address or tenancy, or the same name.
async fn alike(desk: &mut Desk, customer: &Customer) -> Result<Vec<Match>> {
    const MOST: usize = 5;
    let today = desk.today();
    let keys = Keys {
        phone: customer.phones.first().map(|phone| phone.as_str().to_owned()),
        email: customer.emails.first().map(|email| email.as_str().to_owned()),
        tenancy: customer.tenancy.as_ref().map(Reference::key),
        ..Keys::default()
    };
    let mut alike = store::customer_search::by_key(&mut desk.tx, &keys, today, 5).await?;
    let name: Vec<Wanted> =
        words(&format!("{} {}", customer.given, customer.family)).iter().take(5).map(|word| Wanted::exactly(word)).collect();
    let namesakes = store::customer_search::by_words(&mut desk.tx, &name, today).await?;
    let new = |found: &Match| alike.iter().all(|known| known.id != found.id);
    let namesakes: Vec<Match> = namesakes.into_iter().filter(new).collect();
    alike.extend(namesakes);
    alike.truncate(MOST);
    Ok(alike)
}

/// Under the first reference nobody has; nothing when this very customer is there already.
async fn insert(desk: &mut Desk, customer: &Customer) -> Result<Option<String>> {
    let keys = (customer.tenancy.as_ref().map(Reference::key), customer.postcode.as_ref().map(Postcode::key));
    for nth in 0..10 {
        let reference = reference(customer.id, nth);
        if store::customer_add::add(&mut desk.tx, &row(customer, &reference, &keys), desk.now).await? {
            return Ok(Some(reference));
        }
    }
    Ok(None)
}

/// The row of a customer; the keys are those of the tenancy and the postcode.
fn row<'a>(
    customer: &'a Customer,
    reference: &'a str,
    (tenancy_key, postcode_key): &'a (Option<String>, Option<String>),
) -> NewCustomer<'a> {
    NewCustomer {
        id: customer.id,
        reference,
        title: customer.title.as_deref(),
        given: &customer.given,
        family: &customer.family,
        pronoun: &customer.pronoun,
        subject: &customer.subject,
        area: customer.area.as_deref(),
        tenancy_ref: customer.tenancy.as_ref().map(Reference::as_str),
        tenancy_key: tenancy_key.as_deref(),
        line1: customer.line1.as_deref(),
        town: customer.town.as_deref(),
        postcode: customer.postcode.as_ref().map(Postcode::as_str),
        postcode_key: postcode_key.as_deref(),
        letter_format: &customer.letter_format,
        language: customer.language.as_deref(),
        customer_since: None,
    }
}

/// Ten digits in groups that follow from an id and mean nothing.
pub fn reference(id: CustomerId, nth: u64) -> String {
    let (_, random) = id.0.as_u64_pair();
    let digits = random.wrapping_add(nth.wrapping_mul(0x9e37_79b9_7f4a_7c15)) % 10_000_000_000;
    let digits = format!("{digits:010}");
    format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..])
}

/// An adjustment as it was typed.
#[derive(Clone, Debug)]
pub struct Need {
    /// Its id.
    pub id: NeedId,
    /// What it is for.
    pub kind: NeedKind,
    /// What to do.
    pub to_do: String,
    /// When it is looked at again.
    pub review_on: Option<NaiveDate>,
}

/// Notes an adjustment; it holds from now on. False when it was noted before.
pub async fn note_need(desk: &mut Desk, customer: CustomerId, need: &Need) -> Result<bool> {
    let by = desk.staff()?.id;
    let new = NewNeed { id: need.id, customer, kind: need.kind.key(), to_do: &need.to_do, by, review_on: need.review_on };
    let is_new = store::customer::add_need(&mut desk.tx, &new, desk.now).await?;
    if is_new {
        let event = Event::NeedNoted { need: need.id, title: need.kind.title().to_owned(), to_do: need.to_do.clone() };
        desk.record(customer, event).await?;
    }
    Ok(is_new)
}

/// Ends an adjustment, with the reason. False when it was ended before.
///
/// # Errors
/// `NotFound` when this customer never had it.
pub async fn end_need(desk: &mut Desk, customer: CustomerId, id: NeedId, because: &str) -> Result<bool> {
    let Some(kind) = store::customer::end_need(&mut desk.tx, customer, id, desk.now).await? else {
        let is_known = store::customer::has_need(&mut desk.tx, customer, id).await?;
        return if is_known { Ok(false) } else { Err(Error::NotFound) };
    };
    let title = NeedKind::from_key(&kind).unwrap_or(NeedKind::Other).title().to_owned();
    desk.record(customer, Event::NeedEnded { need: id, title, because: because.to_owned() }).await?;
    Ok(true)
}

/// Somebody who may speak for a customer, as they were typed.
#[derive(Clone, Debug)]
pub struct Representative {
    /// Its id.
    pub id: RepresentativeId,
    /// Their name.
    pub name: String,
    /// Who they are to the customer.
    pub relation: String,
    /// The last day of the consent.
    pub consent_until: Option<NaiveDate>,
    /// For example "ask for the password".
    pub note: Option<String>,
}

/// Adds somebody who may speak for the customer. False when they were added before.
pub async fn add_representative(desk: &mut Desk, customer: CustomerId, one: &Representative) -> Result<bool> {
    let new = NewRepresentative {
        id: one.id,
        customer,
        name: &one.name,
        relation: &one.relation,
        consent_until: one.consent_until,
        note: one.note.as_deref(),
        by: desk.staff()?.id,
    };
    let is_new = store::customer::add_representative(&mut desk.tx, &new, desk.now).await?;
    if is_new {
        let event = Event::RepresentativeAdded { representative: one.id, name: one.name.clone(), relation: one.relation.clone() };
        desk.record(customer, event).await?;
    }
    Ok(is_new)
}

/// Ends that, with the reason. False when it was ended before.
///
/// # Errors
/// `NotFound` when this customer never had them.
pub async fn end_representative(desk: &mut Desk, customer: CustomerId, id: RepresentativeId, because: &str) -> Result<bool> {
    let Some(name) = store::customer::end_representative(&mut desk.tx, customer, id, desk.now).await? else {
        let is_known = store::customer::has_representative(&mut desk.tx, customer, id).await?;
        return if is_known { Ok(false) } else { Err(Error::NotFound) };
    };
    desk.record(customer, Event::RepresentativeEnded { representative: id, name, because: because.to_owned() }).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_ten_digits_in_groups_and_another_one_next_time() {
        let id = CustomerId::from(uuid::Uuid::from_u64_pair(1, 42));
        assert_eq!(reference(id, 0), "000-000-0042");
        assert_ne!(reference(id, 1), reference(id, 0));
        assert_eq!(reference(id, 7).len(), 12);
    }
}
