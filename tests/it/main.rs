//! One test program for everything that needs more than one floor, so that it links once.

mod approval;
mod browser;
mod catalogue;
mod coverage;
mod crawl;
mod hang_up;
mod house;
mod isolation;
mod journey;
mod letter;
mod local;
mod measures;
mod pack;
mod people;
mod post;
mod requests;
mod search;
mod seen;
mod signin;
mod support;
mod undelivered;
mod worker;
