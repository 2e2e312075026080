package io.netd.e2e;

import java.util.List;

class DefaultNetworkOnNftablesIT extends DefaultNetworkIT {
    @Override
    List<String> backend() {
        return List.of("--firewall-backend", "nftables");
    }
}
