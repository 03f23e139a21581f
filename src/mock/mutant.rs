//! A mock with one rule changed on purpose, to prove that the scenarios would notice.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::begjaering::{Condition, Phase, Violation};

/// The one rule that is changed, by its code: a condition, or one of the KB codes that the mock answers by rule.
///
/// Only a caller in the same process can ask for it; neither the network nor the command line can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mutant {
    /// The rule is not applied: nothing violates the condition; what the KB code would refuse is answered as if it had
    /// been carried out.
    Off(String),
    /// The condition is violated exactly where it is not. KB codes cannot be inverted: nothing would ever be answered.
    Inverted(String),
    /// The code is spelled otherwise: Å Ø Æ in ASCII, or without its last letter.
    Misspelled(String),
    /// The code comes in the decomposed Unicode form. Readers must compare in NFC, so that nothing fails for it; but
    /// it is noted.
    Decomposed(String),
    /// The code comes with another status than the contract's.
    WrongStatus(String),
}

impl Mutant {
    /// What the conditions say under this mutant.
    pub(super) fn judge(
        &self,
        in_force: &[&'static Condition],
        phase: Phase,
        mut violations: Vec<Violation>,
    ) -> Vec<Violation> {
        let (Self::Off(changed) | Self::Inverted(changed)) = self else {
            return violations;
        };
        let before = violations.len();
        violations.retain(|violation| violation.code != changed);
        let was_violated = violations.len() < before;
        let judged = in_force
            .iter()
            .find(|condition| condition.code == changed && condition.phases.contains(&phase));
        if let (Self::Inverted(_), false, Some(condition)) = (self, was_violated, judged) {
            violations.push(Violation {
                code: condition.code,
                pointer: String::new(),
                message: "Vilkåret er snudd.".to_owned(),
                parameters: Vec::new(),
            });
        }
        violations
    }

    /// Whether what this code would refuse is let through.
    pub(super) fn lets_pass(&self, code: &str) -> bool {
        matches!(self, Self::Off(changed) if changed == code)
    }

    /// The code as answers spell it under this mutant.
    pub(super) fn spelling<'a>(&self, code: &'a str) -> Cow<'a, str> {
        match self {
            Self::Misspelled(changed) if changed == code => misspelled(code).into(),
            Self::Decomposed(changed) if changed == code => code.nfd().collect::<String>().into(),
            _ => code.into(),
        }
    }

    /// The status that comes with the code under this mutant.
    pub(super) fn status(&self, code: &str, status: u16) -> u16 {
        match self {
            Self::WrongStatus(changed) if changed == code => another(status),
            _ => status,
        }
    }
}

fn misspelled(code: &str) -> String {
    if code.is_ascii() {
        let mut short = code.to_owned();
        short.pop();
        return short;
    }
    code.replace('Å', "AA").replace('Ø', "OE").replace('Æ', "AE")
}

/// A refusal's status that is not this one.
fn another(status: u16) -> u16 {
    if status == 400 { 422 } else { 400 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::begjaering::in_force;

    const CODE: &str = "MANGLER_KRAV";

    fn judged(mutant: &Mutant, violations: Vec<Violation>) -> Vec<&'static str> {
        let found = mutant.judge(&in_force(&[CODE]), Phase::New, violations);
        found.iter().map(|violation| violation.code).collect()
    }

    fn violation() -> Violation {
        Violation {
            code: CODE,
            pointer: String::new(),
            message: String::new(),
            parameters: Vec::new(),
        }
    }

    #[test]
    fn a_condition_off_is_never_violated_and_an_inverted_one_where_it_was_not() {
        let (off, inverted) = (Mutant::Off(CODE.into()), Mutant::Inverted(CODE.into()));
        assert!(judged(&off, vec![violation()]).is_empty() && judged(&off, Vec::new()).is_empty());
        assert!(judged(&inverted, vec![violation()]).is_empty());
        assert_eq!(judged(&inverted, Vec::new()), [CODE]);
    }

    #[test]
    fn only_the_code_named_is_changed() {
        let other = Mutant::Off("KB-006".into());
        assert_eq!(judged(&other, vec![violation()]), [CODE]);
        assert!(other.lets_pass("KB-006") && !other.lets_pass("KB-009"));
        let spelled = Mutant::Misspelled("KRAV_MÅ".into());
        assert_eq!(
            (spelled.spelling("KRAV_MÅ"), spelled.spelling(CODE)),
            ("KRAV_MAA".into(), CODE.into())
        );
        let status = Mutant::WrongStatus("KB-006".into());
        assert_eq!(
            (status.status("KB-006", 400), status.status("KB-009", 404)),
            (422, 404)
        );
    }
}
