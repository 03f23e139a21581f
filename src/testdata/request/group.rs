//! The claims that one ground covers: a main claim, what was paid of it, the interest on it, and the costs.

use jiff::civil::Date;
use rand::RngExt;
use rust_decimal::Decimal;

use super::GroundKind;
use super::calendar::{Calendar, days_after};
use super::claim::{Booked, Claim, ClaimKind, Demand, InterestPeriod};
use super::draw::Draw;
use crate::testdata::{InterestTerms, interest};

/// Claims under one ground, the main claim first.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) kind: GroundKind,
    /// `tvangsgrunnlagsdato`.
    pub(super) dated: Date,
    pub(super) claims: Vec<Claim>,
}

/// What happened to the main claim after it fell due.
#[derive(Debug, Clone, Copy)]
pub(super) struct History {
    pub(super) payment: bool,
    pub(super) adjustment: bool,
}

impl History {
    /// Nothing.
    pub(super) const NONE: Self = Self {
        payment: false,
        adjustment: false,
    };

    /// How many claims for interest it takes, since each is computed on one amount.
    fn spans(self) -> usize {
        1 + usize::from(self.payment) + usize::from(self.adjustment)
    }
}

impl Group {
    /// Draws at most `room` claims, of which there must be one. A history that needs more claims for interest than
    /// there is room for is left out.
    ///
    /// Nothing when a day has no known rate, which the calendar prevents.
    pub(super) fn draw(draw: &mut Draw<'_>, kind: GroundKind, history: History, room: usize) -> Option<Self> {
        let history = if room > history.spans() {
            history
        } else {
            History::NONE
        };
        let main = main_claim(draw, kind, history);
        let due = main.due?;
        let mut claims = interest_claims(draw, &main)?;
        claims.insert(0, main);
        claims.extend(cost(draw, kind, &claims[0], due));
        claims.truncate(room);
        Some(Self {
            kind,
            dated: dated(draw, kind, due),
            claims,
        })
    }

    /// The references of its claims.
    pub(super) fn references(&self) -> Vec<&str> {
        self.claims.iter().map(|claim| claim.reference.as_str()).collect()
    }

    /// The costs of writing the request, asked for with this ground.
    pub(super) fn add_writing_costs(&mut self, draw: &mut Draw<'_>) {
        let mut costs = Claim::new(
            draw.claim_reference(),
            ClaimKind::SakskostnaderForSkriving,
            "Sakskostnader for skriving av begjæringen",
            Decimal::from(draw.one_of(&[600, 900, 1200])),
        );
        costs.related = self.claims.first().map(|main| main.reference.clone());
        self.claims.push(costs);
    }
}

fn main_claim(draw: &mut Draw<'_>, kind: GroundKind, history: History) -> Claim {
    let (description, from, to) = match kind {
        GroundKind::SkriftligMeddelelse => ("Ubetalt faktura", 500, 40_000),
        GroundKind::AlminneligTvangsgrunnlag => ("Idømt beløp", 5_000, 200_000),
        GroundKind::Gjeldsbrev | GroundKind::ElektroniskGjeldserklaering => ("Lån", 10_000, 400_000),
        GroundKind::TvangsmulktEllerLovbestemmelse => ("Ilagt beløp", 1_000, 50_000),
    };
    let mut main = Claim::new(
        draw.claim_reference(),
        ClaimKind::Hovedkrav,
        description,
        draw.amount(from, to),
    );
    let due = draw.calendar.draw_due(&mut draw.rng);
    main.due = Some(due);
    main.bears = Some(match kind {
        GroundKind::Gjeldsbrev | GroundKind::ElektroniskGjeldserklaering => {
            // Quarters of a per cent from 5 to 20.
            InterestTerms::Agreed(Decimal::new(draw.rng.random_range(20..=80) * 25, 2))
        }
        _ => InterestTerms::LatePayment,
    });
    if history.payment {
        let day = Calendar::draw_payment(&mut draw.rng, due);
        let amount = draw.part(main.original, 10, 40);
        main.payments.push(Booked { day, amount });
    }
    if history.adjustment {
        let day = Calendar::draw_adjustment(&mut draw.rng, due);
        let amount = draw.part(main.original, 5, 15);
        main.adjustments.push(Booked { day, amount });
    }
    main
}

/// A claim for interest for each time in which the main claim stood at the same amount: from the day after it fell due,
/// the day of a payment still counted.
fn interest_claims(draw: &mut Draw<'_>, main: &Claim) -> Option<Vec<Claim>> {
    let (mut first, mut base) = (days_after(main.due?, 1), main.original);
    let mut spans = Vec::new();
    // Payments come before adjustments.
    for booked in main.payments.iter().chain(&main.adjustments) {
        spans.push((first, booked.day, base));
        first = days_after(booked.day, 1);
        base -= booked.amount;
    }
    spans.push((first, draw.calendar.until, base));
    let terms = main.bears?;
    spans
        .into_iter()
        .map(|(first, last, base)| {
            let amount = interest(draw.order.rates, terms, base, first, last)?;
            let reference = draw.claim_reference();
            let mut claim = Claim::new(reference, ClaimKind::Rentekrav, "Påløpte renter", amount);
            claim.related = Some(main.reference.clone());
            claim.period = Some(InterestPeriod {
                first,
                last,
                base,
                terms,
            });
            Some(claim)
        })
        .collect()
}

/// The costs that belong to the main claim: of collecting it, or awarded with it.
fn cost(draw: &mut Draw<'_>, kind: GroundKind, main: &Claim, due: Date) -> Option<Claim> {
    let mut cost = match kind {
        GroundKind::TvangsmulktEllerLovbestemmelse => return None,
        GroundKind::AlminneligTvangsgrunnlag => {
            let mut cost = Claim::new(
                draw.claim_reference(),
                ClaimKind::TidligereRettsligeSakskostnader,
                "Idømte sakskostnader",
                draw.amount(2_000, 30_000),
            );
            cost.due = Some(due);
            cost
        }
        _ => {
            let sent = draw.calendar.draw_demand(&mut draw.rng, due);
            let deadline = days_after(sent, 14);
            let mut cost = Claim::new(
                draw.claim_reference(),
                ClaimKind::UtenrettsligeKostnader,
                "Utenrettslige inndrivingskostnader",
                Decimal::from(draw.one_of(&[350, 700, 1400])),
            );
            cost.due = Some(deadline);
            cost.demand = Some(Demand {
                sent,
                deadline,
                attachment: draw.attachment("betalingsoppfordring"),
            });
            cost
        }
    };
    cost.related = Some(main.reference.clone());
    Some(cost)
}

/// When the ground came to be.
fn dated(draw: &mut Draw<'_>, kind: GroundKind, due: Date) -> Date {
    match kind {
        GroundKind::SkriftligMeddelelse => days_after(due, draw.rng.random_range(1..=14)),
        GroundKind::AlminneligTvangsgrunnlag | GroundKind::TvangsmulktEllerLovbestemmelse => {
            days_after(due, -draw.rng.random_range(14..=30))
        }
        GroundKind::Gjeldsbrev | GroundKind::ElektroniskGjeldserklaering => {
            days_after(due, -draw.rng.random_range(200..=1500))
        }
    }
}
