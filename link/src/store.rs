//! What outlives the page: `localStorage`, or the page's own memory where the browser refuses it.

use core::cell::RefCell;
use std::collections::BTreeMap;
use web_sys::Storage;

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// The value under `key`.
pub fn get(key: &str) -> Option<String> {
    let remembered = MEMORY.with_borrow(|memory| memory.get(key).cloned());
    remembered.or_else(|| storage()?.get_item(key).ok()?)
}

/// Puts `value` under `key`. Whether it outlives the page.
pub fn set(key: &str, value: &str) -> bool {
    if storage().is_some_and(|storage| storage.set_item(key, value).is_ok()) {
        return true;
    }
    MEMORY.with_borrow_mut(|memory| memory.insert(key.to_owned(), value.to_owned()));
    false
}

/// Takes away what is under `key`.
pub fn remove(key: &str) {
    MEMORY.with_borrow_mut(|memory| memory.remove(key));
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// All keys that begin with `prefix`, in order.
pub fn keys(prefix: &str) -> Vec<String> {
    let mut keys: Vec<String> = MEMORY.with_borrow(|memory| memory.keys().cloned().collect());
    if let Some(storage) = storage() {
        let count = storage.length().unwrap_or(0);
        keys.extend((0..count).filter_map(|index| storage.key(index).ok().flatten()));
    }
    keys.retain(|key| key.starts_with(prefix));
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
