//! An app's words: a file for each language, a line for each text, `key: words`. What is counted has a line for each plural,
//! `key.one: words`, `key.other: words`. English is the measure: all have its keys, in its order.

use std::path::Path;

use super::front::File;
use crate::fail::{Result, fail};
use crate::{files, hash};

/// Every language's words as they are served, by the name of the language.
pub(super) fn all(folder: &Path) -> Result<Vec<(String, File)>> {
    let measure = files::read_text(&folder.join("en.txt"))?;
    let english = keys(&measure);
    let mut all = Vec::new();
    for (inside, path) in files::tree(folder)? {
        let lang = inside.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = files::read_text(&path)?;
        let served = served(&text, &english).or_else(|wrong| fail(format!("{}: {wrong}", path.display())))?;
        let name = format!("words-{lang}-{}.txt", hash::short(served.as_bytes()));
        all.push((lang, File { name, bytes: served.into_bytes() }));
    }
    Ok(all)
}

fn keys(text: &str) -> Vec<&str> {
    let mut keys: Vec<_> = text.lines().filter_map(|line| line.split([':', '.']).next()).collect();
    keys.dedup();
    keys
}

/// A line for each key, without it. The plurals of one are on one line: category, TAB, words, TAB, category, and so on.
fn served(text: &str, english: &[&str]) -> std::result::Result<String, String> {
    let missing = |(is, wanted): &(&&str, &&str)| is != wanted;
    let keys = keys(text);
    if let Some((is, wanted)) = keys.iter().zip(english).find(missing) {
        return Err(format!("`{is}` stands where `{wanted}` is wanted"));
    }
    if keys.len() != english.len() {
        return Err(format!("it has {} keys, English has {}", keys.len(), english.len()));
    }
    let mut lines: Vec<String> = Vec::new();
    let mut before = "";
    for line in text.lines() {
        let Some((key, words)) = line.split_once(": ") else { return Err(format!("`{line}` has no words")) };
        if words.contains('\t') {
            return Err(format!("`{key}` has a tab in its words"));
        }
        match key.split_once('.') {
            None => lines.push(words.to_owned()),
            Some((key, category)) => {
                let form = format!("{category}\t{words}");
                match lines.last_mut().filter(|_| key == before) {
                    Some(line) => *line += &format!("\t{form}"),
                    None => lines.push(form),
                }
            }
        }
        before = key.split('.').next().unwrap_or(key);
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "lang: en\nleft.one: {} is left\nleft.other: {} are left\nend: End: now\n";

    #[test]
    fn plurals_share_a_line() {
        let words = served(EN, &keys(EN));
        assert_eq!(words.as_deref(), Ok("en\none\t{} is left\tother\t{} are left\nEnd: now"));
        let one = "lang: ja\nleft: {}\nend: x\n";
        assert_eq!(served(one, &keys(EN)).as_deref(), Ok("ja\n{}\nx"));
    }

    #[test]
    fn what_is_missing_or_misplaced_is_named() {
        let wrong = |text: &str| served(text, &keys(EN)).unwrap_err();
        assert!(wrong("lang: fr\nend: x\n").contains("`end` stands where `left`"));
        assert!(wrong("lang: fr\nleft: x\n").contains("2 keys"));
        assert!(wrong("lang: fr\nleft: a\tb\nend: x\n").contains("tab"));
        assert!(wrong("lang: fr\nleft\nend: x\n").contains("no words"));
    }
}
