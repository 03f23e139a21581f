//! Requests that test data makes are accepted as they are, once their attachments are uploaded.

use std::collections::BTreeMap;

use jiff::civil::date;
use reqwest::Method;
use serde_json::json;
use utlegg::mock::{ORGANISATIONS, PERSONS};
use utlegg::testdata::request::{ATTACHMENT_TYPES, Model, Order, Parties, complex, simple};
use utlegg::testdata::{LatePaymentRates, Register};

use super::client::Mock;

#[tokio::test]
async fn a_generated_request_is_accepted_once_its_attachments_are_uploaded() {
    let mock = Mock::with(|options| {
        options.seed = 12;
        options.behaviour.trust_unknown_attachments = false;
    })
    .await;
    let register = Register::generate(12, PERSONS, ORGANISATIONS);
    let rates = LatePaymentRates::builtin().unwrap();
    let mut uploaded = BTreeMap::new();
    for is_complex in [false, true] {
        let number = usize::from(is_complex);
        let parties = Parties::draw(&register, 12, number).unwrap();
        assert_eq!(parties.innsender.identifier, mock.organisation);
        let make = |attachments: &BTreeMap<String, String>| {
            let order = Order {
                model: Model::V2,
                seed: 12,
                number,
                date: date(2025, 11, 24),
                parties: &parties,
                rates: &rates,
                ground: None,
                attachments,
            };
            if is_complex {
                complex(&order, 20)
            } else {
                simple(&order)
            }
            .unwrap()
        };
        let before = make(&BTreeMap::new());
        let refused = mock.call("validate-new", "", Some(&before)).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused
                .codes()
                .iter()
                .all(|code| *code == "VEDLEGG_SKAL_VAERE_TILGJENGELIG"),
            "{}",
            refused.text
        );
        let own = before["innsenderReferanse"].as_str().unwrap();
        for kind in ATTACHMENT_TYPES {
            let receipt = mock.upload("%PDF-1.7 %%EOF", kind, own).await;
            let uuid = receipt.body["uuid"].as_str().unwrap();
            let ripened = json!({ "uuid": uuid, "advance_ms": 3000 });
            mock.admin(Method::POST, "/clock", ripened).await;
            uploaded.insert(kind.to_owned(), uuid.to_owned());
        }
        mock.submit(&make(&uploaded)).await;
    }
}
