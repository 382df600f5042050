//! Where a request came from. The connection says so; a header says more only where a proxy of ours wrote it.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;

use super::kit::Kit;

/// The address a request came from, as far as it can be believed. `None` where nothing is known of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source(pub Option<IpAddr>);

impl FromRequestParts<Kit> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, kit: &Kit) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        Ok(Self(peer.map(|peer| behind(peer, &parts.headers, &kit.trusted_proxies))))
    }
}

/// Each proxy writes, at the right end of `X-Forwarded-For`, whom it was asked by. So the list is read from the right for as long as
/// whoever wrote it is a proxy of ours; what stands further left a stranger may have typed.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_ours = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let lists: Vec<&str> = headers.get_all("x-forwarded-for").iter().map(|list| list.to_str().unwrap_or_default()).collect();
    let mut source = peer;
    for asked_by in lists.iter().flat_map(|list| list.split(',')).rev() {
        let Some(asked_by) = read(asked_by.trim()).filter(|_| is_ours(source)) else { break };
        source = asked_by;
    }
    source
}

/// With a port or without.
fn read(address: &str) -> Option<IpAddr> {
    let alone = address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
    let with_port = || address.parse::<SocketAddr>().map(|address| address.ip());
    alone.parse::<IpAddr>().or_else(|_| with_port()).ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(peer: &str, lists: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append("x-forwarded-for", list.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    const PROXIES: &[&str] = &["10.0.0.0/24", "2001:db8::/64"];

    #[test]
    fn the_address_before_our_own_proxies_counts() {
        for (peer, lists, counts) in [
            ("10.0.0.1", &["203.0.113.7"][..], "203.0.113.7"),
            ("10.0.0.1", &["203.0.113.7, 10.0.0.2"], "203.0.113.7"),
            ("10.0.0.1", &["203.0.113.7", "10.0.0.2"], "203.0.113.7"),
            ("10.0.0.1", &["203.0.113.7:4711"], "203.0.113.7"),
            ("2001:db8::1", &["[2001:db8:1::7]:4711"], "2001:db8:1::7"),
            ("2001:db8::1", &["::ffff:203.0.113.7"], "203.0.113.7"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ] {
            assert_eq!(source(peer, lists, PROXIES), counts, "{peer} {lists:?}");
        }
    }

    #[test]
    fn what_a_stranger_typed_does_not() {
        for (peer, lists, counts) in [
            ("203.0.113.7", &["198.51.100.1"][..], "203.0.113.7"),
            ("203.0.113.7", &["198.51.100.1, 10.0.0.2"], "203.0.113.7"),
            ("10.0.0.1", &["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
            ("10.0.0.1", &["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
            ("10.0.0.1", &["198.51.100.1, what, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["198.51.100.1,"], "10.0.0.1"),
        ] {
            assert_eq!(source(peer, lists, PROXIES), counts, "{peer} {lists:?}");
        }
    }

    #[test]
    fn without_a_proxy_of_ours_only_the_connection_counts() {
        assert_eq!(source("10.0.0.1", &["198.51.100.1"], &[]), "10.0.0.1");
    }
}
