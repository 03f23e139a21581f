//! Quantiles of the normal and of Student's distribution.

/// Degrees of freedom from which Student's distribution is taken for the normal one.
const MANY: f64 = 1e6;

/// The value below which a standard normal number lies with probability `share` (0 < share < 1).
///
/// P. J. Acklam's rational approximation; its relative error is below 1.2e-9.
pub(super) fn normal_quantile(share: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
        1.0,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    const TAIL: f64 = 0.024_25;
    if share < TAIL {
        let q = (-2.0 * share.ln()).sqrt();
        polynomial(&C, q) / polynomial(&D, q)
    } else if share > 1.0 - TAIL {
        -normal_quantile(1.0 - share)
    } else {
        let q = share - 0.5;
        q * polynomial(&A, q * q) / polynomial(&B, q * q)
    }
}

/// The value below which Student's distribution with `freedom` degrees lies with probability `share` (0.5 ≤ share < 1).
pub(super) fn student_quantile(share: f64, freedom: f64) -> f64 {
    if freedom > MANY {
        return normal_quantile(share);
    }
    let (mut low, mut high) = (0.0, 1.0);
    while student_below(high, freedom) < share && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if student_below(middle, freedom) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The probability that Student's distribution with `freedom` degrees lies below `t` (not negative).
fn student_below(t: f64, freedom: f64) -> f64 {
    1.0 - 0.5 * incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5)
}

/// The regularised incomplete beta function, by its continued fraction (Lentz's method).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p();
    front.exp() / a * continued_fraction(x, a, b)
}

fn continued_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut upper = 1.0;
    let mut lower = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut sum = lower;
    for step in 1..1000 {
        let step = f64::from(step);
        let twice = a + 2.0 * step;
        let even = step * (b - step) * x / ((twice - 1.0) * twice);
        let odd = -(a + step) * (a + b + step) * x / (twice * (twice + 1.0));
        let before = sum;
        for numerator in [even, odd] {
            lower = 1.0 / away(1.0 + numerator * lower);
            upper = away(1.0 + numerator / upper);
            sum *= upper * lower;
        }
        if (sum / before - 1.0).abs() < 1e-14 {
            break;
        }
    }
    sum
}

/// The logarithm of the gamma function of a positive number (Lanczos's approximation).
fn ln_gamma(x: f64) -> f64 {
    const G: [f64; 6] = [
        76.180_091_729_471_46,
        -86.505_320_329_416_77,
        24.014_098_240_830_91,
        -1.231_739_572_450_155,
        0.001_208_650_973_866_179,
        -0.000_005_395_239_384_953,
    ];
    let base = x + 5.5;
    let mut series = 1.000_000_000_190_015;
    let mut place = x;
    for term in G {
        place += 1.0;
        series += term / place;
    }
    (x + 0.5) * base.ln() - base + (2.506_628_274_631_000_5 * series / x).ln()
}

/// The polynomial with these coefficients, the highest power's first, at `x`.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, c| sum * x + c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_is_as_tables_have_it() {
        for (share, value) in [
            (0.5, 0.0),
            (0.95, 1.644_854),
            (0.995, 2.575_829),
            (0.0005, -3.290_527),
            (0.999_9, 3.719_016),
        ] {
            let got = normal_quantile(share);
            assert!((got - value).abs() < 1e-5, "{share}: {got}");
        }
    }

    #[test]
    fn students_distribution_is_as_tables_have_it() {
        for (share, freedom, value) in [
            (0.95, 1.0, 6.313_752),
            (0.995, 2.0, 9.924_843),
            (0.975, 4.0, 2.776_445),
            (0.999_5, 9.0, 4.780_913),
            (0.99, 30.0, 2.457_262),
            (0.95, 1e7, 1.644_854),
            (0.5, 3.0, 0.0),
        ] {
            let got = student_quantile(share, freedom);
            assert!((got - value).abs() < 2e-5, "{share} {freedom}: {got}");
        }
    }
}
