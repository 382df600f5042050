use super::*;

/// The five packs in the repository, as their file names have them.
pub(crate) const PACKS: [(&str, &str); 5] = [
    (
        "one-manchester",
        include_str!("../../../policies/one-manchester.toml"),
    ),
    (
        "alliance-homes",
        include_str!("../../../policies/alliance-homes.toml"),
    ),
    (
        "housing-solutions",
        include_str!("../../../policies/housing-solutions.toml"),
    ),
    (
        "notting-hill-genesis",
        include_str!("../../../policies/notting-hill-genesis.toml"),
    ),
    (
        "west-kent",
        include_str!("../../../policies/west-kent.toml"),
    ),
];

/// One of the five, read; panics with its faults.
pub(crate) fn pack(slug: &str) -> Policy {
    let (_, text) = PACKS.iter().find(|(name, _)| *name == slug).unwrap();
    Policy::read(text).unwrap_or_else(|faults| {
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        panic!("{slug}:\n{}", lines.join("\n"))
    })
}

#[test]
fn every_pack_in_the_repository_is_without_fault() {
    for (slug, _) in PACKS {
        pack(slug);
    }
}
