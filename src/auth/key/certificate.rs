//! What an enterprise certificate says, and what may be wrong with it before anybody is asked.

use jiff::Timestamp;
use x509_parser::prelude::{FromDer, X509Certificate};

/// The object identifier of `organizationIdentifier` (2.5.4.97), which newer certificates name the organisation by.
const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";
/// A certificate that ends sooner than this many days from now is worth a warning.
const SOON: i64 = 30;

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateInfo {
    /// Whom it names.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// The organisation number, from the subject's `serialNumber` or `organizationIdentifier`.
    pub organisation: Option<String>,
    /// From when it is valid.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It will work, but somebody should look at it.
    Warning,
    /// It will not work.
    Error,
}

/// Something wrong with a chain, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFinding {
    /// How bad.
    pub severity: Severity,
    /// What is wrong.
    pub cause: String,
    /// What to do.
    pub cure: String,
}

impl CertificateInfo {
    /// Reads a certificate in DER form; nothing where it is none.
    pub fn read(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let subject = certificate.subject();
        let texts = subject.iter_attributes().filter(|attribute| {
            let kind = attribute.attr_type().to_id_string();
            kind == "2.5.4.5" || kind == ORGANIZATION_IDENTIFIER
        });
        let organisation = texts
            .filter_map(|attribute| attribute.as_str().ok())
            .find_map(organisation_in);
        let validity = certificate.validity();
        Some(Self {
            subject: subject.to_string(),
            issuer: certificate.issuer().to_string(),
            organisation,
            from: Timestamp::from_second(validity.not_before.timestamp()).ok()?,
            until: Timestamp::from_second(validity.not_after.timestamp()).ok()?,
        })
    }

    /// Whether its issuer calls itself a test authority. That is how the Norwegian issuers name theirs; it is inferred from
    /// the name and from nothing else.
    pub fn is_from_test_authority(&self) -> bool {
        self.issuer.to_ascii_lowercase().contains("test")
    }

    /// What is wrong with a chain, the leaf first: at `now`, for a client of `organisation`, against a test environment.
    pub fn examine(chain: &[Self], now: Timestamp, organisation: Option<&str>) -> Vec<CertificateFinding> {
        let Some(leaf) = chain.first() else {
            return vec![finding(
                Severity::Error,
                "there is no certificate",
                "export the key together with its certificate chain",
            )];
        };
        let mut findings: Vec<CertificateFinding> = chain.iter().filter_map(|one| one.times(now)).collect();
        findings.extend(leaf.organisation_finding(organisation));
        if !leaf.is_from_test_authority() {
            findings.push(finding(
                Severity::Warning,
                format!("the certificate's issuer ({}) does not call itself a test authority: this may be a production certificate", leaf.issuer),
                "use a test certificate in a test environment, and keep the production key out of it",
            ));
        }
        findings.extend(order(chain));
        findings
    }

    fn times(&self, now: Timestamp) -> Option<CertificateFinding> {
        let subject = &self.subject;
        if now < self.from {
            let cause = format!("the certificate of {subject} is not valid before {}", self.from);
            return Some(finding(
                Severity::Error,
                cause,
                "see that this machine's clock is right, or wait",
            ));
        }
        if now >= self.until {
            let cause = format!("the certificate of {subject} expired at {}", self.until);
            return Some(finding(
                Severity::Error,
                cause,
                "order a new certificate and name its file in the settings",
            ));
        }
        let days = (self.until.as_second() - now.as_second()) / 86_400;
        (days < SOON).then(|| {
            let cause = format!("the certificate of {subject} expires in {days} days");
            finding(Severity::Warning, cause, "order a new one in time")
        })
    }

    fn organisation_finding(&self, organisation: Option<&str>) -> Option<CertificateFinding> {
        let expected = organisation?;
        match self.organisation.as_deref() {
            Some(found) if found == expected => None,
            Some(found) => Some(finding(
                Severity::Error,
                format!(
                    "the certificate is for organisation {found}, the client for {expected} (Maskinporten says MP-122)"
                ),
                "use the certificate of the organisation that owns the client, or correct the settings",
            )),
            None => Some(finding(
                Severity::Warning,
                "the certificate names no organisation number",
                "see whether it is an enterprise certificate (virksomhetssertifikat)",
            )),
        }
    }
}

/// Each certificate must be issued by the one after it.
fn order(chain: &[CertificateInfo]) -> Option<CertificateFinding> {
    let wrong = chain
        .windows(2)
        .position(|pair| pair[0].issuer != pair[1].subject)?;
    Some(finding(
        Severity::Error,
        format!(
            "the chain is out of order: certificate {} ({}) is issued by {}, but {} follows",
            wrong + 1,
            chain[wrong].subject,
            chain[wrong].issuer,
            chain[wrong + 1].subject
        ),
        "put the enterprise certificate first, then its issuer, then that one's issuer",
    ))
}

fn finding(severity: Severity, cause: impl Into<String>, cure: impl Into<String>) -> CertificateFinding {
    CertificateFinding {
        severity,
        cause: cause.into(),
        cure: cure.into(),
    }
}

/// Nine digits alone, or at the end as in `NTRNO-310844136`.
fn organisation_in(text: &str) -> Option<String> {
    let digits = text.rsplit('-').next()?.trim();
    (digits.len() == 9 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.to_owned())
}
