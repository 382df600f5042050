//! Whole stories, from the first call to the letter that ends it, told through the pages by the people of a landlord.

mod beside;
pub mod case;
pub mod change_the_policy;
mod draft;
mod ending;
mod incident;
pub mod invented;
mod move_a_case;
mod taking;
pub mod thread;
mod together;
mod turns;
mod warning;
pub mod way;
mod work;
