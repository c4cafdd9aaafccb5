//! What the DNS says.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;

/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks the DNS.
pub(super) struct Dns(TokioResolver);

/// What came of a question.
pub(super) enum Said<T> {
    /// These; perhaps none.
    These(Vec<T>),
    /// Nobody answered.
    Nothing,
}

impl Dns {
    /// Asks this name server, or those of the system.
    ///
    /// # Errors
    /// A system whose name servers cannot be read.
    pub(super) fn new(server: Option<SocketAddr>) -> anyhow::Result<Self> {
        let mut builder = match server {
            Some(server) => {
                let (mut udp, mut tcp) = (ConnectionConfig::udp(), ConnectionConfig::tcp());
                (udp.port, tcp.port) = (server.port(), server.port());
                let server = NameServerConfig::new(server.ip(), true, vec![udp, tcp]);
                let config = ResolverConfig::from_name_servers(vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
            None => TokioResolver::builder_tokio()?,
        };
        let options = builder.options_mut();
        options.timeout = PATIENCE;
        options.attempts = 1;
        Ok(Self(builder.build()?))
    }

    /// The texts of a name's TXT records, each put together.
    pub(super) async fn texts(&self, name: &str) -> Said<String> {
        // A name with its dot at the end is not looked for in the system's own domains.
        match self.0.txt_lookup(format!("{name}.")).await {
            Ok(found) => Said::These(
                found
                    .answers()
                    .iter()
                    .filter_map(|record| match &record.data {
                        RData::TXT(text) => Some(text.txt_data.concat()),
                        _ => None,
                    })
                    .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                    .collect(),
            ),
            Err(error) if error.is_no_records_found() || error.is_nx_domain() => {
                Said::These(vec![])
            }
            Err(_no_answer) => Said::Nothing,
        }
    }

    /// The addresses of a host.
    pub(super) async fn addresses(&self, host: &str) -> Said<IpAddr> {
        match self.0.lookup_ip(host).await {
            Ok(found) => Said::These(found.iter().collect()),
            Err(error) if error.is_no_records_found() || error.is_nx_domain() => {
                Said::These(vec![])
            }
            Err(_no_answer) => Said::Nothing,
        }
    }
}
