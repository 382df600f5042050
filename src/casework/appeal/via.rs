//! How something came from a customer: an appeal, a request.

use crate::casework::Result;
use crate::casework::desk::Desk;
use crate::rules::id::CustomerId;
use crate::rules::measure::Channel;

/// How an appeal came: by any channel, or through somebody who speaks for the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// From the customer.
    Channel(Channel),
    /// Through somebody who speaks for them.
    Representative,
}

impl Via {
    /// The key the row keeps.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Channel(channel) => channel.key(),
            Self::Representative => "representative",
        }
    }

    /// As the form offers it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Channel(channel) => channel.title(),
            Self::Representative => "Through a representative",
        }
    }

    /// Those by which something may come from this customer today, in the order people read them.
    pub async fn offered(desk: &mut Desk, customer: CustomerId) -> Result<Vec<Self>> {
        let (_, policy) = desk.policy_for(customer).await?;
        let named = |one: &&Channel| policy.people.channels.contains(one);
        Ok(Channel::ALL.iter().filter(named).copied().map(Self::Channel).chain([Self::Representative]).collect())
    }

    /// "by email", "in person", "through a representative".
    pub fn words(key: &str) -> String {
        match Channel::from_key(key) {
            None => "through a representative".to_owned(),
            Some(Channel::Visit) => "on a home visit".to_owned(),
            Some(channel) => channel.by().to_owned(),
        }
    }
}
