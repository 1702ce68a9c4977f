//! What outlives the page: `localStorage`, or the page's own memory where the browser refuses it.

use core::cell::RefCell;
use web_sys::Storage;

thread_local! {
    /// A list, not a map: it is short, if there is anything in it at all.
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// The value under `key`.
pub fn get(key: &str) -> Option<String> {
    let remembered = MEMORY.with_borrow(|memory| recall(memory, key));
    remembered.or_else(|| storage()?.get_item(key).ok()?)
}

/// Puts `value` under `key`. Whether it outlives the page.
pub fn set(key: &str, value: &str) -> bool {
    forget(key);
    if storage().is_some_and(|storage| storage.set_item(key, value).is_ok()) {
        return true;
    }
    MEMORY.with_borrow_mut(|memory| memory.push((key.to_owned(), value.to_owned())));
    false
}

/// Takes away what is under `key`.
pub fn remove(key: &str) {
    forget(key);
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// All keys that begin with `prefix`, in no order.
pub fn keys(prefix: &str) -> Vec<String> {
    let mut keys: Vec<String> =
        MEMORY.with_borrow(|memory| memory.iter().map(|(key, _)| key.clone()).collect());
    if let Some(storage) = storage() {
        let count = storage.length().unwrap_or(0);
        let stored = (0..count).filter_map(|index| storage.key(index).ok().flatten());
        keys.extend(stored.filter(|key| MEMORY.with_borrow(|memory| recall(memory, key)).is_none()));
    }
    keys.retain(|key| key.starts_with(prefix));
    keys
}

fn recall(memory: &[(String, String)], key: &str) -> Option<String> {
    memory.iter().find(|(kept, _)| kept == key).map(|(_, value)| value.clone())
}

fn forget(key: &str) {
    MEMORY.with_borrow_mut(|memory| memory.retain(|(kept, _)| kept != key));
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
