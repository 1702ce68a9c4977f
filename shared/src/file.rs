//! Files that people send each other: what they are, judged by their first bytes and not by what they say of themselves, and how
//! they are served.

use crate::id::{ConversationId, MessageId};
use crate::text::is_blank;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many first bytes tell what a file is.
pub const SNIFFED_BYTES: usize = 512;

/// A file of a message. The message's text is its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// What it is.
    pub kind: Kind,
    /// How many bytes it has.
    pub size: u32,
}

/// A link to a file: it is good for whoever has it, until it is not any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose file it is.
    pub conversation: ConversationId,
    /// The message that it is, or will be.
    pub id: MessageId,
    /// Whether it is for sending the file; else for fetching it.
    pub upload: bool,
    /// Until when it is good.
    pub until: Timestamp,
}

impl Link {
    /// What the proof of the link proves.
    pub fn claim(&self) -> String {
        let does = if self.upload { "upload" } else { "fetch" };
        format!("guichet/v1/file\n{does}\n{}\n{}\n{}", self.conversation, self.id, self.until.0)
    }

    /// The link as a path on the worker's origin.
    pub fn path(&self, proof: &str) -> String {
        format!("/f/{}/{}?until={}&proof={proof}", self.conversation, self.id, self.until.0)
    }

    /// The name under which the store holds the file.
    pub fn key(&self) -> String {
        key(&self.conversation, &self.id)
    }
}

/// The name under which the store holds a file.
pub fn key(conversation: &ConversationId, id: &MessageId) -> String {
    format!("{conversation}/{id}")
}

/// What a file is. Kinds that only a later version knows are read as [`Kind::Other`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// PNG image.
    Png,
    /// JPEG image.
    Jpeg,
    /// GIF image.
    Gif,
    /// WebP image.
    Webp,
    /// AVIF or HEIC image.
    Heif,
    /// PDF.
    Pdf,
    /// Plain text.
    Text,
    /// A document of an office program.
    Office,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// A packed folder.
    Archive,
    /// Anything else: programs, pages, drawings that hold scripts.
    #[default]
    #[serde(other)]
    Other,
}

/// Kinds of files that a channel may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// PNG, JPEG, GIF, WebP, AVIF and HEIC.
    Images,
    /// PDF, plain text, and documents of office programs.
    Documents,
    /// Sound and moving pictures.
    Media,
    /// Packed folders.
    Archives,
    /// Anything else.
    Other,
}

impl Group {
    /// All groups, in the order in which people read them.
    pub const ALL: [Self; 5] = [Self::Images, Self::Documents, Self::Media, Self::Archives, Self::Other];

    /// What a browser's file dialogue is told to offer; none for everything.
    pub const fn accept(self) -> Option<&'static str> {
        match self {
            Self::Images => Some("image/*"),
            Self::Documents => Some(".pdf,.txt,.csv,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp"),
            Self::Media => Some("audio/*,video/*"),
            Self::Archives => Some(".zip,.gz,.7z,.rar"),
            Self::Other => None,
        }
    }
}

impl Kind {
    /// The group that it belongs to.
    pub const fn group(self) -> Group {
        match self {
            Self::Png | Self::Jpeg | Self::Gif | Self::Webp | Self::Heif => Group::Images,
            Self::Pdf | Self::Text | Self::Office => Group::Documents,
            Self::Audio | Self::Video => Group::Media,
            Self::Archive => Group::Archives,
            Self::Other => Group::Other,
        }
    }

    /// Whether every browser can draw it.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::Webp)
    }

    /// The media type under which it is served: never one that a browser would run.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
            Self::Heif | Self::Office | Self::Audio | Self::Video | Self::Archive | Self::Other => {
                "application/octet-stream"
            }
        }
    }

    /// What a file is, by its first [`SNIFFED_BYTES`] bytes. Its name only tells an office document from another packed folder.
    pub fn of(name: &str, head: &[u8]) -> Self {
        let starts = |magic: &[u8]| head.starts_with(magic);
        let at = |from: usize, magic: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(magic));
        if starts(b"\x89PNG\r\n\x1a\n") {
            Self::Png
        } else if starts(b"\xff\xd8\xff") {
            Self::Jpeg
        } else if starts(b"GIF87a") || starts(b"GIF89a") {
            Self::Gif
        } else if starts(b"RIFF") && at(8, b"WEBP") {
            Self::Webp
        } else if at(4, b"ftyp") {
            if [b"avif", b"avis", b"heic", b"heix", b"mif1"].iter().any(|brand| at(8, *brand)) {
                Self::Heif
            } else if at(8, b"M4A") {
                Self::Audio
            } else {
                Self::Video
            }
        } else if starts(b"%PDF-") {
            Self::Pdf
        } else if starts(b"PK\x03\x04")
            || starts(b"PK\x05\x06")
            || starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        {
            if is_office_name(name) { Self::Office } else { Self::Archive }
        } else if starts(b"\x1f\x8b") || starts(b"7z\xbc\xaf\x27\x1c") || starts(b"Rar!\x1a\x07") {
            Self::Archive
        } else if starts(b"ID3")
            || starts(b"\xff\xfb")
            || starts(b"OggS")
            || starts(b"fLaC")
            || (starts(b"RIFF") && at(8, b"WAVE"))
        {
            Self::Audio
        } else if starts(b"\x1a\x45\xdf\xa3") || (starts(b"RIFF") && at(8, b"AVI ")) {
            Self::Video
        } else if is_plain_text(head) {
            Self::Text
        } else {
            Self::Other
        }
    }
}

fn is_office_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let office = ["doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp"];
    office.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Text without markup: what begins with `<` may be a page or a drawing with scripts, and what has control characters is none.
fn is_plain_text(head: &[u8]) -> bool {
    // The last letter may be cut.
    let text = match core::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            core::str::from_utf8(head.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let is_markup = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('<');
    !is_blank(text) && !is_markup && !text.chars().any(is_control)
}

/// A file's name as it may be shown and saved: without folders, and without characters that are not seen or that turn the line
/// around, with which `exe.fdp` would read as a PDF.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let seen = last.chars().filter(|c| !c.is_control() && !turns(*c));
    let short: String = seen.take(crate::limits::FILE_NAME_CHARS_MAX).collect();
    let short = short.trim().trim_matches('.').trim();
    if short.is_empty() { "file".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        let cut = "é".repeat(300);
        let table: &[(&str, &[u8], Kind)] = &[
            ("a.png", b"\x89PNG\r\n\x1a\n....", Kind::Png),
            ("a.jpg", b"\xff\xd8\xff\xe0..", Kind::Jpeg),
            ("a.gif", b"GIF89a..", Kind::Gif),
            ("a.webp", b"RIFF....WEBPVP8 ", Kind::Webp),
            ("a.heic", b"\0\0\0\x18ftypheic", Kind::Heif),
            ("a.mp4", b"\0\0\0\x18ftypisom", Kind::Video),
            ("a.m4a", b"\0\0\0\x18ftypM4A ", Kind::Audio),
            ("a.pdf", b"%PDF-1.7", Kind::Pdf),
            ("a.docx", b"PK\x03\x04..", Kind::Office),
            ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Office),
            ("a.zip", b"PK\x03\x04..", Kind::Archive),
            ("a.jar", b"PK\x03\x04..", Kind::Archive),
            ("a.wav", b"RIFF....WAVEfmt ", Kind::Audio),
            ("a.webm", b"\x1a\x45\xdf\xa3", Kind::Video),
            ("a.txt", "Grüße, 世界\r\n".as_bytes(), Kind::Text),
            ("cut.txt", cut.as_bytes().get(..511).unwrap(), Kind::Text),
            // What they say of themselves does not count.
            ("photo.png", b"MZ\x90\0\x03", Kind::Other),
            ("photo.png", b"<svg onload=alert(1)>", Kind::Other),
            ("a.txt", b"\xef\xbb\xbf  <!doctype html>", Kind::Other),
            ("a.txt", b"#!\0", Kind::Other),
            ("empty.txt", b"", Kind::Other),
        ];
        for (name, head, kind) in table {
            assert_eq!(Kind::of(name, head), *kind, "{name}");
        }
    }

    #[test]
    fn nothing_is_served_as_something_that_runs() {
        for kind in [Kind::Other, Kind::Office, Kind::Archive, Kind::Heif, Kind::Audio, Kind::Video] {
            assert_eq!(kind.media_type(), "application/octet-stream");
        }
    }

    #[test]
    fn a_name_says_what_it_is() {
        assert_eq!(clean_name("photo.png"), "photo.png");
        assert_eq!(clean_name("C:\\Users\\me\\photo.png"), "photo.png");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("exe\u{202e}fdp.exe"), "exefdp.exe");
        assert_eq!(clean_name("a\r\nb\0.txt"), "ab.txt");
        assert_eq!(clean_name("Reçu d’été.pdf"), "Reçu d’été.pdf");
        assert_eq!(clean_name(" .. "), "file");
        assert_eq!(clean_name(&"x".repeat(500)).chars().count(), crate::limits::FILE_NAME_CHARS_MAX);
    }

    #[test]
    fn a_kind_of_a_later_version_is_another_one() {
        assert_eq!(serde_json::from_str::<Kind>("\"hologram\"").unwrap(), Kind::Other);
        assert_eq!(serde_json::to_string(&Kind::Heif).unwrap(), "\"heif\"");
    }
}
