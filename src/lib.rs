//! Evenhand runs a landlord's unacceptable-behaviour policy fairly.
//!
//! The house, floor by floor; imports run downwards only (`tests/it/house.rs` holds the line):
//! `rules` → `store`, `letters` → `casework` → `http` → `web`, `worker`, `demo` → `app`.

pub mod http;
pub mod local;
pub mod rules;
pub mod web;
