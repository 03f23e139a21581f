//! Charts as inline SVG, drawn here: no script, no library, colours by the page's style sheet.

mod plot;
mod scale;

pub(super) use plot::{Axis, Chart, Mark, Series, Size};
pub(super) use scale::{Scale, Tick};
