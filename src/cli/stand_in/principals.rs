//! Whom scenarios act as against the mock.

use std::collections::BTreeMap;

use super::NotReady;
use crate::auth::Identity;
use crate::runner::Principal;
use crate::testdata::{Kind, Party, Rules};

/// The vendor itself, and a customer that has given it a system user; neither may turn up as somebody's debtor, so both
/// are taken out of the parties.
///
/// # Errors
/// [`NotReady`] when the register lacks one of them.
pub(super) fn of(
    vendor: &str,
    parties: Vec<Party>,
) -> Result<(BTreeMap<String, Principal>, Vec<Party>), NotReady> {
    let (vendor, mut others): (Vec<Party>, Vec<Party>) =
        parties.into_iter().partition(|party| party.identifier == vendor);
    let is_customer = |party: &Party| party.kind == Kind::MainUnit && party.rules == Rules::New;
    let (Some(vendor), Some(customer)) = (vendor.into_iter().next(), others.iter().position(is_customer))
    else {
        return Err(NotReady::new(
            "the mock's register lacks its own vendor, or a customer for the system user",
        ));
    };
    let customer = others.swap_remove(customer);
    let system_user = Identity::SystemUser {
        organisation: customer.identifier.clone(),
        external_ref: None,
    };
    let principal = |identity, organisation| Principal {
        identity,
        organisation: Some(organisation),
    };
    let principals = BTreeMap::from([
        ("vendor".to_owned(), principal(Identity::Own, vendor)),
        ("systemuser".to_owned(), principal(system_user, customer)),
    ]);
    Ok((principals, others))
}
