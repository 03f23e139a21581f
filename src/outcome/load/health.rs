//! Whether the injector itself could hold what was asked of it.

use serde::{Deserialize, Serialize};

/// The injector's own state during the load. Past a limit no verdict about the service is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// Whether every limit was kept.
    pub healthy: bool,
    /// Arrivals per second that the plan asks for, over the measured time; `None` in the closed model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_rate: Option<f64>,
    /// Iterations begun per second, over the same time.
    pub achieved_rate: f64,
    /// How late a heartbeat task woke, p99, in microseconds.
    pub lag_p99_us: u64,
    /// How late it woke at most.
    pub lag_max_us: u64,
    /// How late iterations began after their arrival although a user was free, p99; `None` in the closed model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_lag_p99_us: Option<u64>,
    /// CPU the injector used, in cores (1.0 is one core wholly).
    pub cpu_cores: f64,
    /// Cores there are.
    pub cores: usize,
    /// CPU per request, in microseconds.
    pub cpu_us_per_request: f64,
    /// Peak resident memory in bytes, where the system tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_memory: Option<u64>,
    /// The limits and what was found of each.
    pub limits: Vec<HealthLimit>,
}

/// One limit of the injector's health.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HealthLimit {
    /// What is limited, in words: `dropped iterations`.
    pub name: String,
    /// The limit in words: `at most 1 % of those offered`.
    pub limit: String,
    /// What was found, in words: `4.2 %`.
    pub found: String,
    /// Whether it was kept.
    pub kept: bool,
}
