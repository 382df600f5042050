//! The app's one clock and its one source of ids; both are handed to whoever needs them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;

/// What time it is, for everything the product decides. Never finer than a microsecond, as Postgres keeps it.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Kind>);

#[derive(Debug)]
enum Kind {
    /// Runs beside the machine's clock, this far from it.
    Running(TimeDelta),
    /// Stands until somebody moves it.
    Standing(Mutex<DateTime<Utc>>),
}

impl Clock {
    /// The machine's own time.
    pub fn of_the_machine() -> Self {
        Self(Arc::new(Kind::Running(TimeDelta::zero())))
    }

    /// Starts at this instant and runs on, for demonstrations.
    pub fn starting_at(instant: DateTime<Utc>) -> Self {
        Self(Arc::new(Kind::Running(instant - machine_time())))
    }

    /// Stands at this instant until it is moved, for tests.
    pub fn standing_at(instant: DateTime<Utc>) -> Self {
        Self(Arc::new(Kind::Standing(Mutex::new(instant.trunc_subsecs(6)))))
    }

    /// The instant now.
    pub fn now(&self) -> DateTime<Utc> {
        match self.0.as_ref() {
            Kind::Running(shift) => (machine_time() + *shift).trunc_subsecs(6),
            Kind::Standing(at) => *held(at),
        }
    }

    /// Moves a standing clock. A running one cannot be moved.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Kind::Standing(at) = self.0.as_ref() {
            *held(at) = instant.trunc_subsecs(6);
        }
    }
}

fn held(at: &Mutex<DateTime<Utc>>) -> MutexGuard<'_, DateTime<Utc>> {
    at.lock().unwrap_or_else(PoisonError::into_inner)
}

#[allow(clippy::disallowed_methods)] // The one place that asks the machine.
fn machine_time() -> DateTime<Utc> {
    Utc::now()
}

/// Where new ids come from: unique, and in the order they were made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ids;

impl Ids {
    /// An id nobody has had before.
    #[allow(clippy::disallowed_methods)] // The one place that makes an id.
    pub fn next(self) -> Uuid {
        Uuid::now_v7()
    }
}
