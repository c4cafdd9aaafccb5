//! Which addresses are of the open internet: IANA's registries of special-purpose addresses
//! (<https://www.iana.org/assignments/iana-ipv4-special-registry>, `iana-ipv6-special-registry`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks that are not of the open internet: where they begin, and how many bits they share.
const CLOSED_V4: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),        // this host, this network
    ([10, 0, 0, 0], 8),       // private
    ([100, 64, 0, 0], 10),    // shared by carriers; some clouds' metadata
    ([127, 0, 0, 0], 8),      // loopback
    ([168, 63, 129, 16], 32), // a cloud's own, though from the open range
    ([169, 254, 0, 0], 16),   // link-local, clouds' metadata
    ([172, 16, 0, 0], 12),    // private
    ([192, 0, 0, 0], 24),     // protocols
    ([192, 0, 2, 0], 24),     // documentation
    ([192, 31, 196, 0], 24),  // AS112
    ([192, 52, 193, 0], 24),  // AMT
    ([192, 88, 99, 0], 24),   // relays of 6to4
    ([192, 168, 0, 0], 16),   // private
    ([192, 175, 48, 0], 24),  // AS112
    ([198, 18, 0, 0], 15),    // measuring
    ([198, 51, 100, 0], 24),  // documentation
    ([203, 0, 113, 0], 24),   // documentation
    ([224, 0, 0, 0], 3),      // many at once, reserved, everybody
];

/// Within `2000::/3`, the only part that is given out: networks that are not of the open internet.
const CLOSED_V6: &[([u16; 3], u32)] = &[
    ([0x2001, 0, 0], 23),      // protocols; Teredo, ORCHID, measuring among them
    ([0x2001, 0x0db8, 0], 32), // documentation
    ([0x2002, 0, 0], 16),      // 6to4
    ([0x2620, 0x004f, 0x8000], 48), // AS112
    ([0x3fff, 0, 0], 20),      // documentation
];

/// Whether an address is of the open internet. One that only carries another (mapped, translated
/// by NAT64, ISATAP) is what it carries; tunnels through anybody's relay (6to4, Teredo) are not.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    !CLOSED_V4.iter().any(|(begin, bits)| {
        let begin = Ipv4Addr::from(*begin);
        (ip.to_bits() ^ begin.to_bits()).leading_zeros() >= *bits
    })
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    let [.., w, x, y, z] = ip.octets();
    let carried = Ipv4Addr::new(w, x, y, z);
    match segments {
        // Mapped (::ffff:0:0/96), or translated by the well-known prefix of NAT64 (RFC 6052).
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
            return is_public_v4(carried);
        }
        // ISATAP (RFC 5214) says so in the middle, whatever the network.
        [_, _, _, _, 0 | 0x0200, 0x5efe, ..] if !is_public_v4(carried) => return false,
        [first, ..] if first >> 13 != 1 => return false,
        _ => {}
    }
    !CLOSED_V6.iter().any(|([x, y, z], bits)| {
        let begin = Ipv6Addr::new(*x, *y, *z, 0, 0, 0, 0, 0);
        (ip.to_bits() ^ begin.to_bits()).leading_zeros() >= *bits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_open_internet_has_is_public() {
        for public in [
            "1.1.1.1",
            "9.9.9.9",
            "93.184.216.34",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.9.9",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001:80b::200e",
            "2001:4860:4860::8888",
            "2400:cb00::1",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2a00::5efe:1.1.1.1",
            "2001:200::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for closed in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.255.255",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1.1.1.1",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::",
            "2002:808:808::1",
            "2a00::5efe:10.0.0.1",
            "2a00::200:5efe:127.0.0.1",
            "2620:4f:8000::1",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fe80::5efe:10.0.0.1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(closed.parse().unwrap()), "{closed}");
        }
    }
}
