//! What is typed into fields, kept as it was typed: what cannot be read is still there to be mended.

/// A few lines, each with the path of its field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed(Vec<Line>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    path: String,
    text: String,
    readable: bool,
}

impl Typed {
    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|line| line.path == path).map(|line| line.text.as_str())
    }

    pub(super) fn put(&mut self, path: String, text: String, readable: bool) {
        self.0.retain(|line| line.path != path);
        self.0.push(Line { path, text, readable });
    }

    /// The keyboard has left a field: what could be read is shown as it was read.
    pub(super) fn settle(&mut self, path: &str) {
        self.0.retain(|line| line.path != path || !line.readable);
    }

    /// Forgets a field, or all fields below.
    pub(super) fn forget(&mut self, path: &str) {
        self.0.retain(|line| !is_within(&line.path, path));
    }

    /// A row of a list goes: what was typed into those after it moves up with them.
    pub(super) fn remove_row(&mut self, list: &str, gone: usize) {
        self.forget(&format!("{list}.{gone}"));
        for line in &mut self.0 {
            let moved = match row_of(&line.path, list) {
                Some((row, rest)) if row > gone => format!("{list}.{}{rest}", row - 1),
                _ => continue,
            };
            line.path = moved;
        }
    }

    /// The fields whose text could not be read.
    pub(super) fn unreadable(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|line| !line.readable).map(|line| line.path.as_str())
    }
}

/// Which row of `list` a path lies in, and what follows its number.
fn row_of<'a>(path: &'a str, list: &str) -> Option<(usize, &'a str)> {
    let below = path.strip_prefix(list)?.strip_prefix('.')?;
    let (row, rest) = below.split_at(below.find('.').unwrap_or(below.len()));
    Some((row.parse().ok()?, rest))
}

/// Whether `path` is `whole`, or a part of it.
pub(super) fn is_within(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(paths: &[(&str, bool)]) -> Typed {
        let mut typed = Typed::default();
        for (path, readable) in paths {
            typed.put((*path).to_owned(), format!("into {path}"), *readable);
        }
        typed
    }

    #[test]
    fn what_was_typed_moves_up_with_its_row() {
        let mut typed =
            typed(&[("list.0.a", true), ("list.1.a", false), ("list.2.a.b", false), ("lists.2", true)]);
        typed.remove_row("list", 1);
        assert_eq!(typed.get("list.0.a"), Some("into list.0.a"));
        assert_eq!(typed.get("list.1.a"), None);
        assert_eq!(typed.get("list.1.a.b"), Some("into list.2.a.b"));
        assert_eq!(typed.get("lists.2"), Some("into lists.2"));
        assert_eq!(typed.unreadable().collect::<Vec<_>>(), ["list.1.a.b"]);
    }

    #[test]
    fn only_what_could_be_read_is_settled() {
        let mut typed = typed(&[("good", true), ("bad", false)]);
        typed.settle("good");
        typed.settle("bad");
        assert_eq!(typed.get("good"), None);
        assert_eq!(typed.get("bad"), Some("into bad"));
    }

    #[test]
    fn a_field_is_forgotten_with_what_is_below_it() {
        let mut typed = typed(&[("a", true), ("a.b", false), ("ab", true)]);
        typed.forget("a");
        assert_eq!(typed.get("a.b"), None);
        assert_eq!(typed.get("ab"), Some("into ab"));
    }
}
