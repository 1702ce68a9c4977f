//! What a waiting session takes up in memory, by counting what is allocated.

use super::real::session_id;
use super::report::Line;
use super::shop::{Shop, Size};
use shared::core::Record as _;
use shared::desk::Record;
use shared::settings::Queue;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The system's allocator, which counts.
pub struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);

// Nothing but the benches' one thread allocates, so a load and a store are enough, and cost less than they would together.
fn count(change: impl FnOnce(usize) -> usize) {
    LIVE.store(change(LIVE.load(Ordering::Relaxed)), Ordering::Relaxed);
}

// SAFETY: all is done by the system's allocator; counting touches no memory of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(|live| live.wrapping_add(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(|live| live.wrapping_sub(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(|live| live.wrapping_sub(layout.size()).wrapping_add(size));
        // SAFETY: as the caller promises.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

const WAITING: u32 = 100_000;

/// Bytes for each session that waits, beside those of its stored row.
pub(super) fn bench() -> Vec<Line> {
    let queue = Queue::default();
    let size = Size { operators: 1_000, held: queue.sessions_at_once, waiting: 0, queue };
    let mut shop = Shop::desk(&size);
    // Room that is there already would not be counted.
    for _ in 0..1_000 {
        shop.wait();
    }
    let before = LIVE.load(Ordering::Relaxed);
    for _ in 0..WAITING {
        shop.wait();
    }
    let grown = LIVE.load(Ordering::Relaxed).saturating_sub(before) as f64 / f64::from(WAITING);
    let stored = shop.last().and_then(|session| {
        let record = Record::Session(shop.router.desk.session(&session_id(session))?.clone());
        Some(record.key().len() + record.value()?.len())
    });
    vec![Line::new(
        "memory of a waiting session, beside its stored row",
        "bytes",
        grown,
        stored.unwrap_or_default() as f64,
    )]
}
