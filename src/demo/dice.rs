//! Chance that falls the same way each time: the demonstration and the generated data are the same for the same numbers.

/// A run of numbers that follows from its seed alone.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The run that belongs to a number.
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// The run that belongs to a name.
    pub fn named(name: &str) -> Self {
        Self::of(super::named(name).as_u64_pair().0)
    }

    /// The next number (SplitMix64). Not an iterator: it never ends.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than this, each as likely.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap_or(u64::MAX)).unwrap_or(0)
    }

    /// True this many times in a hundred.
    pub fn chance(&mut self, in_a_hundred: usize) -> bool {
        self.below(100) < in_a_hundred
    }

    /// One of these, each as likely.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A place in a list where the first are far more common than the last, as names are.
    pub fn common(&mut self, limit: usize) -> usize {
        let one = self.below(limit);
        let other = self.below(limit);
        (one * other) / limit.max(1)
    }

    /// An id no other run has.
    pub fn id(&mut self) -> uuid::Uuid {
        let whole = (u128::from(self.next()) << 64) | u128::from(self.next());
        uuid::Builder::from_custom_bytes(whole.to_be_bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way() {
        let run = |seed| {
            let mut dice = Dice::of(seed);
            (0..5).map(|_| dice.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
    }

    #[test]
    fn early_places_are_more_common() {
        let mut dice = Dice::of(1);
        let early = (0..1000).filter(|_| dice.common(100) < 25).count();
        assert!((500..700).contains(&early), "{early}");
    }
}
