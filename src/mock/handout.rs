//! What a vendor's own client needs to reach the mock, as files and text.

use std::path::Path;

use super::server::{ClientCredentials, Server};

/// `KEY=value` lines for an `.env` file: addresses, client, and where the private key was written.
pub fn env_file(server: &Server, client: &ClientCredentials, key_file: &Path) -> String {
    let mut lines = Vec::new();
    for model in server.models() {
        let url = server.base_url(model).unwrap_or_default();
        lines.push(format!("UTLEGG_BASE_URL_{}={url}", model.to_uppercase()));
    }
    let newest = server
        .models()
        .last()
        .and_then(|model| server.base_url(model))
        .unwrap_or_default();
    lines.push(format!("UTLEGG_BASE_URL={newest}"));
    lines.push(format!("UTLEGG_TOKEN_URL={}", server.token_url()));
    lines.push(format!("UTLEGG_ISSUER={}", server.issuer()));
    lines.push(format!("UTLEGG_SCOPE={}", server.scope()));
    lines.push(format!("UTLEGG_CLIENT_ID={}", client.client_id));
    lines.push(format!("UTLEGG_KEY_ID={}", client.kid));
    lines.push(format!("UTLEGG_KEY_FILE={}", key_file.display()));
    lines.push(format!("UTLEGG_VENDOR={}", server.vendor()));
    lines.push(format!("UTLEGG_REGISTER_URL={}", server.register_url()));
    lines.push(format!("UTLEGG_ADMIN_URL={}", server.admin_url()));
    lines.join("\n") + "\n"
}

/// A curl command that works as it stands: a token from the admin interface, then a status.
pub fn curl_example(server: &Server) -> String {
    let newest = server
        .models()
        .last()
        .and_then(|model| server.base_url(model))
        .unwrap_or_default();
    let admin = server.admin_url();
    format!(
        "TOKEN=$(curl -s {admin}/tokens -d '{{\"kind\": \"valid\"}}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n\
         curl -s {newest}/status/TEST_SAK_BESLUTTET -H \"Authorization: Bearer $TOKEN\" -H 'Accept: application/json'\n"
    )
}
