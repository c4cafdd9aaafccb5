//! From which network address a request comes: the connection's own, or what a proxy that was
//! named in the settings says of it. Addresses are never kept or logged; what counts them knows
//! only a number made of them.

use std::hash::BuildHasher as _;
use std::net::IpAddr;

use actix_web::HttpRequest;

use crate::domain::network::Network;

/// The address that a request comes from, and of an IPv6 address the network: one sender has
/// 2^64 of them. Behind proxies, it is the right-most hop that is none of them: what stands
/// left of it could be written by anybody.
pub fn address(request: &HttpRequest, proxies: &[Network]) -> Option<IpAddr> {
    let trusted = |address: &IpAddr| proxies.iter().any(|network| network.contains(*address));
    let mut nearest = request.peer_addr()?.ip().to_canonical();
    if trusted(&nearest) {
        let hops = request.headers().get_all("x-forwarded-for").filter_map(|hop| hop.to_str().ok());
        let hops: Vec<&str> = hops.flat_map(|hops| hops.split(',')).collect();
        for hop in hops.iter().rev() {
            let Some(hop) = read(hop) else { break };
            nearest = hop;
            if !trusted(&nearest) {
                break;
            }
        }
    }
    Some(network_of(nearest))
}

/// Whether a proxy seems to stand before us that nobody has named: then all readers look like one.
pub fn is_unnamed_proxy(request: &HttpRequest, proxies: &[Network]) -> bool {
    let near = |address: IpAddr| match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    };
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    request.headers().contains_key("x-forwarded-for")
        && peer.is_some_and(|peer| near(peer) && !proxies.iter().any(|of| of.contains(peer)))
}

/// One hop; some proxies add a port.
fn read(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address = hop.parse::<IpAddr>();
    let address = address.or_else(|_| hop.parse::<std::net::SocketAddr>().map(|with| with.ip()));
    address.ok().map(|address| address.to_canonical())
}

fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << 64)).into()),
    }
}

/// Numbers for senders, different in each run of the program.
#[derive(Clone, Debug, Default)]
pub struct Numbers(std::hash::RandomState);

impl Numbers {
    /// The number of this.
    pub fn of(&self, what: impl std::hash::Hash) -> u64 {
        self.0.hash_one(what)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: &str, forwarded: &[&str], proxies: &str) -> String {
        let proxies: Vec<Network> =
            proxies.split_whitespace().map(|p| p.parse().unwrap()).collect();
        let mut request = TestRequest::default().peer_addr(peer.parse().unwrap());
        for hops in forwarded {
            request = request.append_header(("x-forwarded-for", *hops));
        }
        address(&request.to_http_request(), &proxies).unwrap().to_string()
    }

    #[test]
    fn only_named_proxies_are_believed() {
        let said = ["1.2.3.4"];
        assert_eq!(seen("9.9.9.9:1", &said, ""), "9.9.9.9");
        assert_eq!(seen("9.9.9.9:1", &said, "10.0.0.0/8"), "9.9.9.9");
        assert_eq!(seen("10.0.0.1:1", &said, "10.0.0.0/8"), "1.2.3.4");
        assert_eq!(seen("[::ffff:10.0.0.1]:1", &said, "10.0.0.0/8"), "1.2.3.4");
    }

    #[test]
    fn the_right_most_hop_that_is_no_proxy_counts() {
        let proxies = "10.0.0.0/8 2001:db8::1";
        assert_eq!(seen("10.0.0.1:1", &["6.6.6.6, 1.2.3.4, 10.0.0.2"], proxies), "1.2.3.4");
        assert_eq!(seen("10.0.0.1:1", &["6.6.6.6", "1.2.3.4:81,10.0.0.2"], proxies), "1.2.3.4");
        assert_eq!(seen("[2001:db8::1]:1", &["6.6.6.6, 1.2.3.4"], proxies), "1.2.3.4");
        assert_eq!(seen("10.0.0.1:1", &["6.6.6.6, unknown"], proxies), "10.0.0.1");
        assert_eq!(seen("10.0.0.1:1", &["6.6.6.6, unknown, 10.0.0.7"], proxies), "10.0.0.7");
        assert_eq!(seen("10.0.0.1:1", &[], proxies), "10.0.0.1");
    }

    #[test]
    fn an_ipv6_sender_is_its_network() {
        assert_eq!(seen("[2001:db8:1:2:3:4:5:6]:1", &[], ""), "2001:db8:1:2::");
        assert_eq!(seen("[::1]:1", &[], ""), "::");
    }
}
