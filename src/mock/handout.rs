//! What a client needs to reach the mock, as a value that goes from process to process, and as files and text.

use std::path::Path;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::maskinporten::KeyError;
use super::server::{ClientCredentials, Server};

/// Every address of a running mock and the credentials of its client. As JSON it is one line of `utlegg mock --json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Handout {
    /// The API's base URL for each model, oldest model first, without a trailing slash.
    pub base_urls: IndexMap<String, String>,
    /// Maskinporten's issuer, which is the `aud` of grants.
    pub issuer: String,
    /// Maskinporten's token endpoint.
    pub token_url: String,
    /// The scope tokens need.
    pub scope: String,
    /// The client and its private key.
    #[serde(flatten)]
    pub client: ClientCredentials,
    /// The organisation that owns the client.
    pub vendor: String,
    /// The party register.
    pub register_url: String,
    /// The admin interface, without a trailing slash.
    pub admin_url: String,
}

impl Handout {
    /// That of a running server, once its key is made.
    ///
    /// # Errors
    /// [`KeyError`] when the key could not be made.
    pub async fn of(server: &Server) -> Result<Self, KeyError> {
        let models = server.models();
        let base_urls = models.filter_map(|model| Some((model.to_owned(), server.base_url(model)?)));
        Ok(Self {
            base_urls: base_urls.collect(),
            issuer: server.issuer().to_owned(),
            token_url: server.token_url(),
            scope: server.scope().to_owned(),
            client: server.client_credentials().await?,
            vendor: server.vendor().to_owned(),
            register_url: server.register_url(),
            admin_url: server.admin_url(),
        })
    }

    fn newest(&self) -> &str {
        self.base_urls.values().last().map_or("", String::as_str)
    }

    /// `KEY=value` lines for an `.env` file: addresses, client, and where the private key was written.
    pub fn env_file(&self, key_file: &Path) -> String {
        let mut lines = Vec::new();
        for (model, url) in &self.base_urls {
            lines.push(format!("UTLEGG_BASE_URL_{}={url}", model.to_uppercase()));
        }
        lines.push(format!("UTLEGG_BASE_URL={}", self.newest()));
        lines.push(format!("UTLEGG_TOKEN_URL={}", self.token_url));
        lines.push(format!("UTLEGG_ISSUER={}", self.issuer));
        lines.push(format!("UTLEGG_SCOPE={}", self.scope));
        lines.push(format!("UTLEGG_CLIENT_ID={}", self.client.client_id));
        lines.push(format!("UTLEGG_KEY_ID={}", self.client.kid));
        lines.push(format!("UTLEGG_KEY_FILE={}", key_file.display()));
        lines.push(format!("UTLEGG_VENDOR={}", self.vendor));
        lines.push(format!("UTLEGG_REGISTER_URL={}", self.register_url));
        lines.push(format!("UTLEGG_ADMIN_URL={}", self.admin_url));
        lines.join("\n") + "\n"
    }

    /// A curl command that works as it stands: a token from the admin interface, then a status.
    pub fn curl_example(&self) -> String {
        let (admin, newest) = (&self.admin_url, self.newest());
        format!(
            "TOKEN=$(curl -s {admin}/tokens -d '{{\"kind\": \"valid\"}}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n\
             curl -s {newest}/status/TEST_SAK_BESLUTTET -H \"Authorization: Bearer $TOKEN\" -H 'Accept: application/json'\n"
        )
    }
}
