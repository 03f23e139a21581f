//! Generated requests against the contracts and all conditions, and `utlegg data` as it is used.

mod generated;
mod printed;
