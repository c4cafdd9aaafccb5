//! Whether an address may be asked: what it says itself, and what its name turns out to be.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::public::is_public;
use super::{NoFetch, Rules};

impl Rules {
    /// An address that may be asked, as far as it says so itself. Numbers in any form that stands
    /// for a host (`127.1`, `0x7f000001`, `2130706433`) are read as the host they stand for.
    pub fn url(&self, address: &str) -> Result<Url, NoFetch> {
        let url = Url::parse(address.trim()).map_err(|_odd| NoFetch::Address)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(NoFetch::Address);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NoFetch::Credentials);
        }
        let port = url.port_or_known_default().ok_or(NoFetch::Address)?;
        if !self.ports.is_empty() && !self.ports.contains(&port) {
            return Err(NoFetch::Port(port));
        }
        let host = url.host_str().ok_or(NoFetch::Address)?;
        // A host that is a number is never looked up, so it is decided here.
        let number = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match number {
            Ok(ip) if !self.may_ask(ip) => Err(NoFetch::NotPublic(host.to_owned())),
            _ => Ok(url),
        }
    }

    /// Whether a host with this address may be asked.
    pub fn may_ask(&self, ip: IpAddr) -> bool {
        is_public(ip) || self.networks.iter().any(|network| network.contains(ip.to_canonical()))
    }
}

/// Looks names up as the system does, and keeps only what may be asked: connections are made to
/// what comes out of here, so a name that says something else a moment later gains nothing.
pub(super) struct Resolver(pub Arc<Rules>);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let rules = self.0.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await;
            let found: Vec<SocketAddr> = found.map(Iterator::collect).unwrap_or_default();
            if found.is_empty() {
                return Err(NoFetch::Unknown(host).into());
            }
            let open: Vec<SocketAddr> =
                found.into_iter().filter(|found| rules.may_ask(found.ip())).collect();
            if open.is_empty() {
                return Err(NoFetch::NotPublic(host).into());
            }
            let open: Addrs = Box::new(open.into_iter());
            Ok(open)
        })
    }
}
