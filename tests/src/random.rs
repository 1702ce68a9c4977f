//! Chance, from a seed: the same seed gives the same run.

use shared::time::Millis;
use std::ops::RangeInclusive;

/// SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `bound` - 1; 0 for a bound of 0.
    pub(crate) const fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.next() % bound }
    }

    pub(crate) const fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to.saturating_sub(from) + 1)
    }

    /// True in `per_mille` of 1,000 cases.
    pub(crate) const fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.index(from.len())).cloned()
    }

    /// One of them, as often as its weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, from: &[(T, u64)]) -> Option<T> {
        let mut at = self.below(from.iter().map(|(_, weight)| weight).sum());
        for (choice, weight) in from {
            if at < *weight {
                return Some(*choice);
            }
            at -= weight;
        }
        None
    }

    /// A length of time of this range: often the least, seldom a long one.
    pub(crate) fn length(&mut self, range: &RangeInclusive<Millis>) -> Millis {
        let (least, span) = (range.start().0, range.end().0 - range.start().0);
        Millis(match self.below(10) {
            0..4 => least,
            4..8 => least + self.below(span / 20 + 1),
            _ => least + self.below(span + 1),
        })
    }
}
