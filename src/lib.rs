//! Evenhand runs a landlord's unacceptable-behaviour policy fairly.
//!
//! The house, floor by floor; imports run downwards only (`tests/it/house.rs` holds the line):
//! `rules` → `store`, `letters` → `casework` → `http` → `web`, `worker`, `demo` → `app`.

pub mod rules;

pub mod clock;
pub mod config;
pub mod local;
pub mod mail;
pub mod passwords;

pub mod letters;
pub mod store;

pub mod casework;

pub mod demo;
pub mod http;

pub mod web;
pub mod worker;

pub mod app;
pub mod commands;
