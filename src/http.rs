//! How a request becomes a desk, and a result a response. Knows no page.

pub mod answer;
mod body;
pub mod cookie;
pub mod desk;
pub mod doors;
pub mod fault;
pub mod form;
pub mod kit;
pub mod paths;
pub mod seen;
pub mod source;
pub mod static_files;
pub mod typed;
pub mod upload;
