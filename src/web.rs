//! The pages: each one a struct, a template and the handlers that fill it.

pub mod frame;
pub mod parts;
pub mod static_files;
