//! The pages: each one a struct, a template and the handlers that fill it.

pub mod fixed;
pub mod frame;
pub mod parts;
pub mod signin_page;

pub use crate::http::static_files;
