//! The two arithmetic checks that Norwegian numbers use: weighted sums modulo 11, and Luhn's modulo 10.

/// The digits of an ASCII decimal text of exactly `N` characters.
pub(super) fn digits<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes: &[u8; N] = text.as_bytes().try_into().ok()?;
    let mut digits = [0; N];
    for (digit, byte) in digits.iter_mut().zip(bytes) {
        *digit = byte.checked_sub(b'0').filter(|d| *d <= 9)?;
    }
    Some(digits)
}

/// The sum of digit times weight, over as many digits as there are weights.
pub(super) fn weighted_sum(digits: &[u8], weights: &[u8]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| u32::from(*digit) * u32::from(*weight))
        .sum()
}

/// The digit that makes `sum` plus itself divisible by 11; nothing where that would be 10.
pub(super) fn mod11_check_digit(sum: u32) -> Option<u8> {
    match (11 - sum % 11) % 11 {
        10 => None,
        digit => u8::try_from(digit).ok(),
    }
}

/// Luhn's check digit for a number written without it.
pub(super) fn luhn_check_digit(digits: &[u8]) -> u8 {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(
            |(place, digit)| match u32::from(*digit) * (2 - u32::from(place % 2 != 0)) {
                doubled @ 10.. => doubled - 9,
                single => single,
            },
        )
        .sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or_default()
}

/// The digits as text.
pub(super) fn text_of(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}
