//! The format of a pack: what the documentation, the reader and the list of values are all made from.
//!
//! The types of the chapters are the only description there is. [`shape::Shape`] is derived from them and their documentation, so the
//! printed format, the faults and the page that shows every value cannot drift from what is really read.

mod broken;
mod editor;
#[cfg(test)]
mod fuzz;
mod label;
pub(super) mod overlay;
pub(super) mod place;
pub(super) mod read;
mod recover;
pub(super) mod reference;
pub(super) mod shape;
pub(super) mod starter;
mod statement;
pub(super) mod values;
pub(super) mod written;

pub use values::{Difference, Value, differences, values, values_for};

/// The documented format: a whole pack of an invented landlord, every key explained, itself without fault.
pub fn schema() -> String {
    starter::text()
}

/// The same as a JSON Schema, for editors.
pub fn json_schema() -> serde_json::Value {
    editor::schema()
}
