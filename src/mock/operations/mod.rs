//! One file per operation; [`carry_out`] finds it by its logical name.

mod attachment_status;
mod case_status;
mod change;
mod deduction_insight;
mod dispatch;
mod faults;
mod fixed_cases;
mod messages;
mod request;
mod ruleset_lookup;
mod status_feed;
mod submit;
mod upload_attachment;
mod validate_change;
mod validate_new;

pub(super) use dispatch::carry_out;
pub(super) use request::innsender_referanse;
