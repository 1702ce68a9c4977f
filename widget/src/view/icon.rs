//! The shapes of the icons, each one stroke on a grid of 24.

pub(crate) const CLOSE: &str = "M6 6l12 12M18 6L6 18";
pub(crate) const END: &str = "M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 8l-4 4 4 4M6 12h9";
pub(crate) const SEND: &str = "M12 19V5M6 11l6-6 6 6";
/// Guichet's mark: the counter window.
pub(crate) const MARK: &str = "M5 20v-9a7 7 0 0 1 14 0v9M3 20h18M9 20v-6h6v6";
pub(crate) const GOOD: &str =
    "M7 11l4-7a2.2 2.2 0 0 1 2.2 2.6L12.7 10H18a2 2 0 0 1 2 2.4l-1.2 6A2 2 0 0 1 16.8 20H7zM7 11H4v9h3";
pub(crate) const BAD: &str =
    "M17 13l-4 7a2.2 2.2 0 0 1-2.2-2.6L11.3 14H6a2 2 0 0 1-2-2.4l1.2-6A2 2 0 0 1 7.2 4H17zM17 13h3V4h-3";
pub(crate) const STAR: &str = "M12 3.5l2.3 5.8 6.3.4-4.9 4 1.6 6.1-5.3-3.4-5.3 3.4 1.6-6.1-4.9-4 6.3-.4z";
pub(crate) const LETTER: &str = "M4 6h16v12H4zM4 7l8 6 8-6";
pub(crate) const CLIP: &str =
    "M19 11.5l-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5l8-8a3 3 0 0 1 4.3 4.3l-7.8 7.7a1.5 1.5 0 0 1-2.2-2.1l7-6.9";
pub(crate) const FILE: &str = "M13 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V8zM13 3v5h5";
pub(crate) const MORE: &str = "M12 5.5v.01M12 12v.01M12 18.5v.01";
