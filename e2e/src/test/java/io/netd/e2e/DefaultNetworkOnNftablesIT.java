package io.netd.e2e;

class DefaultNetworkOnNftablesIT extends DefaultNetworkIT {
    @Override
    String[] options() {
        return new String[] {"--firewall-backend=nftables", "--ipv6", "--fixed-cidr-v6", "fd17::/64"};
    }
}
