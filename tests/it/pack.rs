//! Policies made up for a story: what no landlord of the demonstration asks for, and the product does all the same.

mod agreed;
mod by_name;
pub mod challenge;
mod checklists;
mod copies;
mod deciding;
mod delegation;
mod early;
mod lists;
mod meeting;
mod nation;
mod overdue;
mod own_reviewer;
mod own_words;
mod promise;
mod reconsideration;
mod register;
mod routing;
mod sent_back;
mod signed;
mod sitting;
mod steps;
mod support;
mod suspends;
mod terms;
mod told;
mod undertaking;
