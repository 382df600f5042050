//! Packs broken at random: whatever stands in a file, reading it ends with sentences and never with a panic.

use proptest::prelude::*;

use crate::rules::policy::check;
use crate::rules::policy::tests::PACKS;

/// A pack with a few lines taken away, doubled, exchanged or cut, and a few characters changed.
fn broken() -> impl Strategy<Value = String> {
    let change = (0_u8..6, any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[ -~“”\n\t\u{0}é]{0,6}");
    (0..PACKS.len(), proptest::collection::vec(change, 1..6)).prop_map(|(pack, changes)| {
        let mut lines: Vec<String> = PACKS[pack].1.lines().map(str::to_owned).collect();
        for (what, first, second, words) in changes {
            let (first, second) = (first.index(lines.len()), second.index(lines.len()));
            match what {
                0 => lines[first].clear(),
                1 => lines.insert(first, lines[second].clone()),
                2 => lines.swap(first, second),
                3 => {
                    let cut = lines[first].chars().take(second % 40).collect();
                    lines[first] = cut;
                }
                4 => lines[first].push_str(&words),
                _ => {
                    let other = lines[second].split('=').next_back().unwrap_or_default().to_owned();
                    let key = lines[first].split('=').next().unwrap_or_default().to_owned();
                    lines[first] = format!("{key}={other}");
                }
            }
        }
        lines.join("\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_pack_is_a_policy_or_has_faults_that_are_sentences(text in broken()) {
        let checked = check(&text);
        prop_assert_eq!(checked.policy.is_some(), checked.faults.is_empty());
        for fault in &checked.faults {
            prop_assert!(fault.says.ends_with(['.', '?']) && !fault.says.is_empty(), "{}", fault);
        }
    }

    #[test]
    fn any_text_at_all_is_read_without_a_panic(text in "\\PC{0,300}") {
        check(&text);
    }
}

#[test]
fn a_pack_of_ten_megabytes_is_refused_before_it_is_read() {
    let large = format!("# {}\n{}", "x".repeat(10_000_000), PACKS[0].1);
    let checked = check(&large);
    assert!(checked.policy.is_none());
    assert_eq!(checked.faults.len(), 1);
    assert_eq!(checked.faults[0].says, "A pack has at most 1 million bytes, and this file has 10.0 million.");
}

/// What is exported is what was imported, to the byte; what is read from it is the same policy, and the schema's own example as well.
#[test]
fn a_pack_written_out_by_its_values_reads_back_as_the_same_policy() {
    for (slug, text) in PACKS {
        let table: toml::Table = text.parse().unwrap();
        let again = toml::to_string(&table).unwrap();
        assert_eq!(check(&again).policy, check(text).policy, "{slug}");
        assert!(crate::rules::policy::differences(text, &again).is_empty(), "{slug}");
    }
}
