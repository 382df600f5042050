//! What the tests stand on.

#![allow(dead_code)] // A page can be read in more ways than today's stories need.

pub mod app;
pub mod db;
pub mod page;
pub mod records;
pub mod stage;
pub mod visitor;
