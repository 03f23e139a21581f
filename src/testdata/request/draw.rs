//! What is drawn while a request is made.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use super::calendar::Calendar;
use super::{DateNotCovered, Order};
use crate::testdata::draw_for;

/// A request in the making.
pub(super) struct Draw<'a> {
    pub(super) order: &'a Order<'a>,
    pub(super) calendar: Calendar,
    pub(super) rng: ChaCha8Rng,
    claims: usize,
    attachments: usize,
}

impl<'a> Draw<'a> {
    pub(super) fn new(order: &'a Order<'a>) -> Result<Self, DateNotCovered> {
        Ok(Self {
            calendar: Calendar::new(order.date, order.rates)?,
            rng: draw_for(order.seed, &format!("request {}", order.number)),
            order,
            claims: 0,
            attachments: 0,
        })
    }

    /// The reference of the next claim.
    pub(super) fn claim_reference(&mut self) -> String {
        self.claims += 1;
        format!("krav-{}", self.claims)
    }

    /// An attachment: the uploaded one of its type, or one that is still to be uploaded.
    pub(super) fn attachment(&mut self, kind: &str) -> Value {
        self.attachments += 1;
        // Drawn in either case, so that the rest of the request is the same.
        let drawn = uuid::Builder::from_random_bytes(self.rng.random()).into_uuid();
        let uploaded = self.order.attachments.get(kind).cloned();
        json!({
            "type": kind,
            "filnavn": format!("{kind}-{}.pdf", self.attachments),
            "uuid": uploaded.unwrap_or_else(|| drawn.to_string()),
        })
    }

    /// An amount between two, in whole kroner, with øre.
    pub(super) fn amount(&mut self, from: i64, to: i64) -> Decimal {
        Decimal::new(self.rng.random_range(from * 100..=to * 100), 2)
    }

    /// A part of an amount between two percentages, to the øre.
    pub(super) fn part(&mut self, of: Decimal, from: i64, to: i64) -> Decimal {
        let part = of * Decimal::new(self.rng.random_range(from..=to), 2);
        part.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    }

    /// One of several.
    pub(super) fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.random_range(0..of.len())]
    }
}
