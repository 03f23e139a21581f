//! Norwegian identifiers: persons, organisations, bank accounts and payment references (KID).
//!
//! Everything here is arithmetic on digits: what a number claims to be, whether its check digits agree, whether it is
//! synthetic. Whether somebody holds it is the party register's knowledge. Generators only ever make synthetic numbers.

mod account_number;
mod century;
mod check_digits;
mod guard;
mod kid;
mod letters;
mod national_id;
mod organisation_number;
mod percent;
mod scan;

pub use account_number::{AccountNumber, InvalidAccountNumber};
pub use guard::{Allowed, Finding, Guard, Part};
pub use kid::{InvalidKid, Kid, KidRule};
pub use letters::in_letters;
pub use national_id::{Gender, InvalidNationalId, NationalId, NationalIdKind};
pub use organisation_number::{InvalidOrganisationNumber, OrganisationNumber};
pub use percent::PercentDecoded;
pub use scan::{Found, IdentifierKind, find_identifiers, find_real};
