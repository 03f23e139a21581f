//! What a request is to be made of.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{GroundKind, Model, Parties};
use crate::testdata::LatePaymentRates;

/// What a request is to be made of. The same order gives the same request, in every version of this program.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The information model it is spelled in.
    pub model: Model,
    /// What everything left open is drawn from.
    pub seed: u64,
    /// Which of several requests of the seed.
    pub number: usize,
    /// `begjaeringsdato`; nothing in the request is dated later.
    pub date: Date,
    /// Who is in it.
    pub parties: &'a Parties,
    /// The rates of late-payment interest.
    pub rates: &'a LatePaymentRates,
    /// The kind of every ground; else a written communication in a simple request, and each kind in turn in a complex one.
    pub ground: Option<GroundKind>,
    /// The uuids of uploaded attachments, by the attachment's `type`; every type left out gets uuids that are drawn.
    pub attachments: &'a BTreeMap<String, String>,
}

/// The types of the attachments that requests name: what must be uploaded before one is sent.
pub const ATTACHMENT_TYPES: [&str; 4] = [
    "tvangsgrunnlag",
    "tvangskraftgrunnlag",
    "betalingsoppfordring",
    "fullmakt",
];

/// The late-payment rates before a date are not known far enough back for a request of that date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a request of {date} needs late-payment interest of days without a known rate; the earliest date is {earliest}"
)]
pub struct DateNotCovered {
    /// The date asked for.
    pub date: Date,
    /// The earliest date that works.
    pub earliest: Date,
}
