//! Days on which somebody says that they chose a reading.

use chrono::NaiveDate;

use super::Fault;
use crate::rules::policy::format::place;
use crate::rules::say;

/// Readings dated after today: nobody can have chosen them.
pub(super) fn still_to_come(pack: &toml::Table, today: NaiveDate) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (key, value) in pack {
        look(value, key, today, &mut faults);
    }
    faults
}

fn look(value: &toml::Value, at: &str, today: NaiveDate, faults: &mut Vec<Fault>) {
    match value {
        toml::Value::Table(table) => {
            let is_reading = table.contains_key("interpretation") || table.contains_key("reading");
            let chosen = table.get("on").filter(|_| is_reading).and_then(|on| on.to_string().trim_matches('"').parse::<NaiveDate>().ok());
            if let Some(day) = chosen.filter(|day| *day > today) {
                let says =
                    format!("This reading was chosen on {}, and today is {}. Write the day it was chosen.", say::day(day), say::day(today));
                faults.push(Fault::at(format!("{at}.on"), says));
            }
            table.iter().for_each(|(key, one)| look(one, &format!("{at}.{key}"), today, faults));
        }
        toml::Value::Array(items) => {
            for (index, one) in items.iter().enumerate() {
                let name = place::item(at, |word| one.get(word)?.as_str(), index);
                look(one, &format!("{at}.{name}"), today, faults);
            }
        }
        _ => {}
    }
}
