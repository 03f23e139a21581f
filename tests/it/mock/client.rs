//! A client of a freshly started mock, which holds every answer against the contract.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a call reads best with its JSON written in place"
)]

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use jiff::{Span, Zoned};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use utlegg::contract::Contract;
use utlegg::mock::{ClientCredentials, Keys, Options, Server};

pub const JWT_GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

pub fn contract() -> Arc<Contract> {
    static CONTRACT: OnceLock<Arc<Contract>> = OnceLock::new();
    Arc::clone(CONTRACT.get_or_init(|| Contract::builtin("v2").unwrap()))
}

/// One pair for all tests: keys are what takes time.
fn keys() -> Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(Keys::start).clone()
}

/// An answer with what tests look at.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub media_type: Option<String>,
    pub text: String,
    pub body: Value,
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let media_type = response
            .headers()
            .get("content-type")
            .map(|value| value.to_str().unwrap().to_owned());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self {
            status,
            media_type,
            text,
            body,
        }
    }

    /// The code of an error, or the codes of all violated conditions.
    pub fn codes(&self) -> Vec<&str> {
        match self.body["kontrollutslag"].as_array() {
            Some(slips) => slips.iter().map(|slip| slip["kode"].as_str().unwrap()).collect(),
            None => self.body["kode"].as_str().into_iter().collect(),
        }
    }

    pub fn is(&self, status: u16, codes: &[&str]) -> &Self {
        assert_eq!(
            (self.status, self.codes().as_slice()),
            (status, codes),
            "{}",
            self.text
        );
        self
    }
}

/// A running mock and somebody who calls it.
pub struct Mock {
    pub server: Server,
    pub http: reqwest::Client,
    pub credentials: ClientCredentials,
    /// The token sent with every call.
    pub token: String,
    /// The organisation behind the token.
    pub organisation: String,
}

impl Mock {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::new(vec![contract()]);
        options.keys = Some(keys());
        options.behaviour.trust_unknown_attachments = true;
        change(&mut options);
        let server = Server::start(options).await.unwrap();
        let credentials = server.client_credentials().await.unwrap();
        let organisation = server.vendor().to_owned();
        let mut mock = Self {
            server,
            http: reqwest::Client::new(),
            credentials,
            token: String::new(),
            organisation,
        };
        mock.token = mock.fetch_token(json!({})).await;
        mock
    }

    /// A grant as it should be, with changed claims; a claim set to null is left out.
    pub fn grant(&self, changes: Value) -> String {
        let now = jiff::Timestamp::now().as_second();
        let mut claims = json!({
            "aud": self.server.issuer(),
            "iss": self.credentials.client_id,
            "iat": now,
            "exp": now + 100,
            "jti": uuid::Uuid::new_v4(),
            "scope": self.server.scope(),
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        self.sign(&claims, Some(&self.credentials.kid), Algorithm::RS256)
    }

    pub fn sign(&self, claims: &Value, kid: Option<&str>, algorithm: Algorithm) -> String {
        let mut header = Header::new(algorithm);
        header.kid = kid.map(str::to_owned);
        let key = EncodingKey::from_rsa_pem(self.credentials.private_key_pem.as_bytes()).unwrap();
        jsonwebtoken::encode(&header, claims, &key).unwrap()
    }

    pub async fn post_grant(&self, assertion: &str) -> Answer {
        let form = [("grant_type", JWT_GRANT), ("assertion", assertion)];
        Answer::of(self.http.post(self.server.token_url()).form(&form)).await
    }

    async fn fetch_token(&self, claims: Value) -> String {
        let answer = self.post_grant(&self.grant(claims)).await;
        answer.body["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("{}", answer.text))
            .to_owned()
    }

    /// From now on the system user of another organisation calls.
    pub async fn act_for(&mut self, organisation: &str) {
        self.token = self
            .fetch_token(json!({"authorization_details": [{
                "type": "urn:altinn:systemuser",
                "systemuser_org": {"authority": "iso6523-actorid-upis", "ID": format!("0192:{organisation}")},
            }]}))
            .await;
        organisation.clone_into(&mut self.organisation);
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.base_url("v2").unwrap())
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(path))
            .bearer_auth(&self.token)
            .header("accept", "application/json")
    }

    /// Calls an operation by its logical name and holds the answer against the contract.
    pub async fn call(&self, operation: &str, reference: &str, body: Option<&Value>) -> Answer {
        let contract = contract();
        let operation = contract.operation(operation).unwrap();
        let values = [("eksternSaksreferanse", reference), ("uuid", reference)];
        let values = values
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut request = self.request(operation.method().clone(), &operation.fill_path(&values).unwrap());
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = Answer::of(request).await;
        let findings = operation.check_response(answer.status, answer.media_type.as_deref(), &answer.body);
        assert!(
            findings.conforms(),
            "{} {answer:?}: {findings:?}",
            operation.name()
        );
        answer
    }

    pub async fn submit(&self, body: &Value) -> String {
        let answer = self.call("submit", "", Some(body)).await;
        let reference = answer.body["eksternSaksreferanse"].as_str();
        reference.unwrap_or_else(|| panic!("{}", answer.text)).to_owned()
    }

    pub async fn upload(&self, content: &str, kind: &str, own: &str) -> Answer {
        let file = reqwest::multipart::Part::text(content.to_owned()).file_name("fil.pdf");
        let form = reqwest::multipart::Form::new()
            .part("fil", file)
            .text("type", kind.to_owned())
            .text("innsenderReferanse", own.to_owned());
        Answer::of(self.request(Method::POST, "/vedlegg").multipart(form)).await
    }

    pub async fn admin(&self, method: Method, path: &str, body: Value) -> Answer {
        let url = format!("{}{path}", self.server.admin_url());
        Answer::of(self.http.request(method, url).body(body.to_string())).await
    }

    pub async fn set_script(&self, own: &str, script: Value) {
        let answer = self.admin(Method::PUT, &format!("/scripts/{own}"), script).await;
        assert_eq!(answer.status, 204, "{}", answer.text);
    }

    pub async fn advance(&self, reference: &str, milliseconds: u64) -> Answer {
        let body = json!({"eksternSaksreferanse": reference, "advance_ms": milliseconds});
        self.admin(Method::POST, "/clock", body).await
    }

    pub async fn status(&self, reference: &str) -> String {
        let answer = self.call("case-status", reference, None).await;
        answer.body["saksstatus"]
            .as_str()
            .unwrap_or_else(|| panic!("{}", answer.text))
            .to_owned()
    }

    /// The last entry of the journal.
    pub async fn last(&self) -> Value {
        let answer = self.admin(Method::GET, "/journal?since=0", Value::Null).await;
        answer.body["entries"].as_array().unwrap().last().unwrap().clone()
    }

    pub async fn party(&self, query: &str) -> String {
        let answer = Answer::of(self.http.get(format!("{}?{query}", self.server.register_url()))).await;
        answer.body[0]["identifier"]
            .as_str()
            .unwrap_or_else(|| panic!("{}", answer.text))
            .to_owned()
    }

    /// A request that violates nothing, with parties of the mock's own register.
    pub async fn request_body(&self, own: &str) -> Value {
        let mut text = include_str!("request.yaml").to_owned();
        for (name, value) in [
            ("reference", own.to_owned()),
            ("innsender", self.organisation.clone()),
            (
                "saksoeker",
                self.party("kind=organisation&rules=new&seed=7").await,
            ),
            ("debtor", self.party("kind=person&rules=new&seed=8").await),
            ("attachment", uuid::Uuid::new_v4().to_string()),
        ] {
            text = text.replace(&format!("${{{name}}}"), &value);
        }
        serde_yaml::from_str(&with_dates(&text)).unwrap()
    }
}

/// Fills in `${today}` and `${today(-n)}`.
fn with_dates(text: &str) -> String {
    let today: Date = Zoned::now().date();
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${today") {
        let (days, after) = after.split_once('}').unwrap();
        let days: i32 = days.trim_matches(['(', ')']).parse().unwrap_or(0);
        filled += before;
        filled += &today.checked_add(Span::new().days(days)).unwrap().to_string();
        rest = after;
    }
    filled + rest
}
