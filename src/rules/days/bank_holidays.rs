//! The bank holidays of the three nations, as proclaimed. Facts, kept in order of day.

use super::Nation;
use Nation::{EnglandAndWales, NorthernIreland, Scotland};

/// Which edition of the facts this is: raise it whenever a line changes.
pub const VERSION: &str = "2026-07";

/// The years known in full. Outside them only weekends are left out.
pub const YEARS: std::ops::RangeInclusive<i32> = 2018..=2028;

const ALL: &[Nation] = &[EnglandAndWales, Scotland, NorthernIreland];
const NOT_SCOTLAND: &[Nation] = &[EnglandAndWales, NorthernIreland];
const SCOTLAND: &[Nation] = &[Scotland];
const NORTHERN_IRELAND: &[Nation] = &[NorthernIreland];

/// Year, month, day, and the nations that keep it. A holiday on a weekend stands on its substitute day.
#[rustfmt::skip]
pub const DAYS: &[(i32, u32, u32, &[Nation])] = &[
    (2018, 1, 1, ALL), // New Year’s Day
    (2018, 1, 2, SCOTLAND), // 2 January
    (2018, 3, 19, NORTHERN_IRELAND), // St Patrick’s Day, a substitute day
    (2018, 3, 30, ALL), // Good Friday
    (2018, 4, 2, NOT_SCOTLAND), // Easter Monday
    (2018, 5, 7, ALL), // Early May
    (2018, 5, 28, ALL), // Spring
    (2018, 7, 12, NORTHERN_IRELAND), // Battle of the Boyne
    (2018, 8, 6, SCOTLAND), // Summer
    (2018, 8, 27, NOT_SCOTLAND), // Summer
    (2018, 11, 30, SCOTLAND), // St Andrew’s Day
    (2018, 12, 25, ALL), // Christmas Day
    (2018, 12, 26, ALL), // Boxing Day
    (2019, 1, 1, ALL), // New Year’s Day
    (2019, 1, 2, SCOTLAND), // 2 January
    (2019, 3, 18, NORTHERN_IRELAND), // St Patrick’s Day, a substitute day
    (2019, 4, 19, ALL), // Good Friday
    (2019, 4, 22, NOT_SCOTLAND), // Easter Monday
    (2019, 5, 6, ALL), // Early May
    (2019, 5, 27, ALL), // Spring
    (2019, 7, 12, NORTHERN_IRELAND), // Battle of the Boyne
    (2019, 8, 5, SCOTLAND), // Summer
    (2019, 8, 26, NOT_SCOTLAND), // Summer
    (2019, 12, 2, SCOTLAND), // St Andrew’s Day, a substitute day
    (2019, 12, 25, ALL), // Christmas Day
    (2019, 12, 26, ALL), // Boxing Day
    (2020, 1, 1, ALL), // New Year’s Day
    (2020, 1, 2, SCOTLAND), // 2 January
    (2020, 3, 17, NORTHERN_IRELAND), // St Patrick’s Day
    (2020, 4, 10, ALL), // Good Friday
    (2020, 4, 13, NOT_SCOTLAND), // Easter Monday
    (2020, 5, 8, ALL), // Early May, moved to VE Day
    (2020, 5, 25, ALL), // Spring
    (2020, 7, 13, NORTHERN_IRELAND), // Battle of the Boyne, a substitute day
    (2020, 8, 3, SCOTLAND), // Summer
    (2020, 8, 31, NOT_SCOTLAND), // Summer
    (2020, 11, 30, SCOTLAND), // St Andrew’s Day
    (2020, 12, 25, ALL), // Christmas Day
    (2020, 12, 28, ALL), // Boxing Day, a substitute day
    (2021, 1, 1, ALL), // New Year’s Day
    (2021, 1, 4, SCOTLAND), // 2 January, a substitute day
    (2021, 3, 17, NORTHERN_IRELAND), // St Patrick’s Day
    (2021, 4, 2, ALL), // Good Friday
    (2021, 4, 5, NOT_SCOTLAND), // Easter Monday
    (2021, 5, 3, ALL), // Early May
    (2021, 5, 31, ALL), // Spring
    (2021, 7, 12, NORTHERN_IRELAND), // Battle of the Boyne
    (2021, 8, 2, SCOTLAND), // Summer
    (2021, 8, 30, NOT_SCOTLAND), // Summer
    (2021, 11, 30, SCOTLAND), // St Andrew’s Day
    (2021, 12, 27, ALL), // Christmas Day, a substitute day
    (2021, 12, 28, ALL), // Boxing Day, a substitute day
    (2022, 1, 3, ALL), // New Year’s Day, a substitute day
    (2022, 1, 4, SCOTLAND), // 2 January, a substitute day
    (2022, 3, 17, NORTHERN_IRELAND), // St Patrick’s Day
    (2022, 4, 15, ALL), // Good Friday
    (2022, 4, 18, NOT_SCOTLAND), // Easter Monday
    (2022, 5, 2, ALL), // Early May
    (2022, 6, 2, ALL), // Spring, moved to the Platinum Jubilee
    (2022, 6, 3, ALL), // Platinum Jubilee
    (2022, 7, 12, NORTHERN_IRELAND), // Battle of the Boyne
    (2022, 8, 1, SCOTLAND), // Summer
    (2022, 8, 29, NOT_SCOTLAND), // Summer
    (2022, 9, 19, ALL), // The Queen’s state funeral
    (2022, 11, 30, SCOTLAND), // St Andrew’s Day
    (2022, 12, 26, ALL), // Boxing Day
    (2022, 12, 27, ALL), // Christmas Day, a substitute day
    (2023, 1, 2, ALL), // New Year’s Day, a substitute day
    (2023, 1, 3, SCOTLAND), // 2 January, a substitute day
    (2023, 3, 17, NORTHERN_IRELAND), // St Patrick’s Day
    (2023, 4, 7, ALL), // Good Friday
    (2023, 4, 10, NOT_SCOTLAND), // Easter Monday
    (2023, 5, 1, ALL), // Early May
    (2023, 5, 8, ALL), // The King’s coronation
    (2023, 5, 29, ALL), // Spring
    (2023, 7, 12, NORTHERN_IRELAND), // Battle of the Boyne
    (2023, 8, 7, SCOTLAND), // Summer
    (2023, 8, 28, NOT_SCOTLAND), // Summer
    (2023, 11, 30, SCOTLAND), // St Andrew’s Day
    (2023, 12, 25, ALL), // Christmas Day
    (2023, 12, 26, ALL), // Boxing Day
    (2024, 1, 1, ALL), // New Year’s Day
    (2024, 1, 2, SCOTLAND), // 2 January
    (2024, 3, 18, NORTHERN_IRELAND), // St Patrick’s Day, a substitute day
    (2024, 3, 29, ALL), // Good Friday
    (2024, 4, 1, NOT_SCOTLAND), // Easter Monday
    (2024, 5, 6, ALL), // Early May
    (2024, 5, 27, ALL), // Spring
    (2024, 7, 12, NORTHERN_IRELAND), // Battle of the Boyne
    (2024, 8, 5, SCOTLAND), // Summer
    (2024, 8, 26, NOT_SCOTLAND), // Summer
    (2024, 12, 2, SCOTLAND), // St Andrew’s Day, a substitute day
    (2024, 12, 25, ALL), // Christmas Day
    (2024, 12, 26, ALL), // Boxing Day
    (2025, 1, 1, ALL), // New Year’s Day
    (2025, 1, 2, SCOTLAND), // 2 January
    (2025, 3, 17, NORTHERN_IRELAND), // St Patrick’s Day
    (2025, 4, 18, ALL), // Good Friday
    (2025, 4, 21, NOT_SCOTLAND), // Easter Monday
    (2025, 5, 5, ALL), // Early May
    (2025, 5, 26, ALL), // Spring
    (2025, 7, 14, NORTHERN_IRELAND), // Battle of the Boyne, a substitute day
    (2025, 8, 4, SCOTLAND), // Summer
    (2025, 8, 25, NOT_SCOTLAND), // Summer
    (2025, 12, 1, SCOTLAND), // St Andrew’s Day, a substitute day
    (2025, 12, 25, ALL), // Christmas Day
    (2025, 12, 26, ALL), // Boxing Day
    (2026, 1, 1, ALL), // New Year’s Day
    (2026, 1, 2, SCOTLAND), // 2 January
    (2026, 3, 17, NORTHERN_IRELAND), // St Patrick’s Day
    (2026, 4, 3, ALL), // Good Friday
    (2026, 4, 6, NOT_SCOTLAND), // Easter Monday
    (2026, 5, 4, ALL), // Early May
    (2026, 5, 25, ALL), // Spring
    (2026, 6, 15, SCOTLAND), // World Cup
    (2026, 7, 13, NORTHERN_IRELAND), // Battle of the Boyne, a substitute day
    (2026, 8, 3, SCOTLAND), // Summer
    (2026, 8, 31, NOT_SCOTLAND), // Summer
    (2026, 11, 30, SCOTLAND), // St Andrew’s Day
    (2026, 12, 25, ALL), // Christmas Day
    (2026, 12, 28, ALL), // Boxing Day, a substitute day
    (2027, 1, 1, ALL), // New Year’s Day
    (2027, 1, 4, SCOTLAND), // 2 January, a substitute day
    (2027, 3, 17, NORTHERN_IRELAND), // St Patrick’s Day
    (2027, 3, 26, ALL), // Good Friday
    (2027, 3, 29, NOT_SCOTLAND), // Easter Monday
    (2027, 5, 3, ALL), // Early May
    (2027, 5, 31, ALL), // Spring
    (2027, 7, 12, NORTHERN_IRELAND), // Battle of the Boyne
    (2027, 8, 2, SCOTLAND), // Summer
    (2027, 8, 30, NOT_SCOTLAND), // Summer
    (2027, 11, 30, SCOTLAND), // St Andrew’s Day
    (2027, 12, 27, ALL), // Christmas Day, a substitute day
    (2027, 12, 28, ALL), // Boxing Day, a substitute day
    (2028, 1, 3, ALL), // New Year’s Day, a substitute day
    (2028, 1, 4, SCOTLAND), // 2 January, a substitute day
    (2028, 3, 17, NORTHERN_IRELAND), // St Patrick’s Day
    (2028, 4, 14, ALL), // Good Friday
    (2028, 4, 17, NOT_SCOTLAND), // Easter Monday
    (2028, 5, 1, ALL), // Early May
    (2028, 5, 29, ALL), // Spring
    (2028, 7, 12, NORTHERN_IRELAND), // Battle of the Boyne
    (2028, 8, 7, SCOTLAND), // Summer
    (2028, 8, 28, NOT_SCOTLAND), // Summer
    (2028, 11, 30, SCOTLAND), // St Andrew’s Day
    (2028, 12, 25, ALL), // Christmas Day
    (2028, 12, 26, ALL), // Boxing Day
];
