//! Numbers in letters, for whatever is drawn by chance and must not look like an identifier.

/// The number as 16 small letters, `a` for the hexadecimal digit 0 to `p` for f: digits drawn by chance are now and
/// then a valid organisation number, which the guard would rightly stop.
pub fn in_letters(number: u64) -> String {
    let letter = |digit: u8| match digit {
        b'0'..=b'9' => char::from(digit - b'0' + b'a'),
        _ => char::from(digit - b'a' + b'k'),
    };
    format!("{number:016x}").bytes().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_letters_of_its_own() {
        assert_eq!(in_letters(0), "aaaaaaaaaaaaaaaa");
        assert_eq!(in_letters(0x0123_4567_89ab_cdef), "abcdefghijklmnop");
        assert_eq!(in_letters(u64::MAX), "pppppppppppppppp");
    }
}
