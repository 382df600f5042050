//! How a request becomes a desk, and a result a response. Knows no page.

pub mod form;
pub mod static_files;
pub mod typed;
