//! The landlord's policy as types and plain functions: facts in, a new state or a refusal out.
//! Nothing here waits, reads a clock, or knows SQL, HTTP or templates.

pub mod answer;
pub mod appeal;
pub mod authority;
pub mod challenge;
pub mod clock;
pub mod days;
pub mod deadline;
pub mod delegation;
pub mod early_review;
pub mod escalation;
pub mod event;
pub mod id;
pub mod incident;
pub(crate) mod label;
pub mod ladder;
pub mod measure;
pub mod need;
pub mod policy;
pub mod policy_change;
pub mod policy_public;
pub mod policy_version;
pub mod proposal;
pub mod register;
pub mod restriction;
pub mod restriction_rest;
pub mod restriction_term;
pub mod restriction_time;
pub mod review;
pub mod say;
pub mod search;
pub mod task;
pub mod text;
pub mod tone;
pub mod worklist;
