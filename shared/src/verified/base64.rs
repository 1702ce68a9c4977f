//! Reading base64.

/// Reads base64url without padding, in the one way that each value is written.
pub fn read_url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes() {
        held = (held << 6 | digit(letter)?) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xFF) as u8);
        }
    }
    let is_whole = bits < 6 && held & ((1 << bits) - 1) == 0;
    is_whole.then_some(bytes)
}

/// Reads base64 as PEM files hold it: broken into lines, and padded.
pub(super) fn read_lines(text: &str) -> Option<Vec<u8>> {
    let letters = text.chars().filter(|letter| !letter.is_ascii_whitespace()).map(|letter| match letter {
        '+' => '-',
        '/' => '_',
        letter => letter,
    });
    let letters: String = letters.collect();
    read_url(letters.trim_end_matches('='))
}

fn digit(letter: u8) -> Option<u32> {
    Some(u32::from(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_is_read_in_one_way_only() {
        assert_eq!(read_url("").unwrap(), b"");
        assert_eq!(read_url("Zg").unwrap(), b"f");
        assert_eq!(read_url("Zm9vYmFy").unwrap(), b"foobar");
        assert_eq!(read_url("-_8").unwrap(), [0xFB, 0xFF]);
        for bad in ["Z", "Zh", "Zg==", "Zm9vYmF", "Zm9v Ym", "+/8", "Zm9vé"] {
            assert_eq!(read_url(bad), None, "{bad}");
        }
    }

    #[test]
    fn lines_are_read_together() {
        assert_eq!(read_lines("\nZm9v\r\nYg==\n").unwrap(), b"foob");
        assert_eq!(read_lines("+/8=").unwrap(), [0xFB, 0xFF]);
    }
}
