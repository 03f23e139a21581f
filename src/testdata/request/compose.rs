//! The two kinds of request: the simple one, and the complex one of any size.

use rand::RngExt;
use serde_json::Value;

use super::document;
use super::draw::Draw;
use super::group::{Group, History};
use super::{DateNotCovered, GroundKind, Order};

/// `prioritetISak` ends here.
const LAST_PRIORITY: usize = 99;

/// A main claim, the interest on it and its costs, on one ground.
///
/// # Errors
/// [`DateNotCovered`] when the rates are not known far enough back.
pub fn simple(order: &Order<'_>) -> Result<Value, DateNotCovered> {
    let mut draw = Draw::new(order)?;
    let kind = order.ground.unwrap_or(GroundKind::SkriftligMeddelelse);
    let groups = Group::draw(&mut draw, kind, History::NONE, usize::MAX);
    let request = document::write(&mut draw, &Vec::from_iter(groups), false);
    Ok(order.model.spell(request))
}

/// So many claims (one at least) on grounds of each kind in turn, with payments, downward adjustments, a late-payment
/// rate that changes while interest runs, agreed rates, demand letters and the costs of the case; with priorities
/// where they can be given to all.
///
/// The first ground has everything when there is room for it: from six claims on. Each kind of ground occurs from 20
/// claims on.
///
/// # Errors
/// [`DateNotCovered`] when the rates are not known far enough back.
pub fn complex(order: &Order<'_>, claims: usize) -> Result<Value, DateNotCovered> {
    let mut draw = Draw::new(order)?;
    let with_writing_costs = claims > 3;
    let mut room = claims.max(1) - usize::from(with_writing_costs);
    let mut groups = Vec::new();
    while room > 0 {
        let kind = GroundKind::ALL[groups.len() % GroundKind::ALL.len()];
        let history = History {
            payment: groups.is_empty() || draw.rng.random_bool(0.4),
            adjustment: groups.is_empty(),
        };
        let Some(mut group) = Group::draw(&mut draw, order.ground.unwrap_or(kind), history, room) else {
            break;
        };
        room -= group.claims.len();
        if groups.is_empty() && with_writing_costs {
            group.add_writing_costs(&mut draw);
        }
        groups.push(group);
    }
    // Each claim, the future interest of each main claim, the court fee.
    let needed = groups.iter().map(|group| group.claims.len() + 1).sum::<usize>() + 1;
    let prioritised = draw.rng.random_bool(0.5) && needed <= LAST_PRIORITY;
    let request = document::write(&mut draw, &groups, prioritised);
    Ok(order.model.spell(request))
}
