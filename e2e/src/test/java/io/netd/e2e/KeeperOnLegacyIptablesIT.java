package io.netd.e2e;

import java.util.List;

/** The same on a host whose iptables is the legacy one, of which the kernel tells nobody: its lock file does. */
class KeeperOnLegacyIptablesIT extends KeeperIT {
    @Override
    void furnish() {
        host.useLegacyIptables();
    }

    @Override
    List<List<String>> removals() {
        return super.removals().stream()
                .filter(removal -> !removal.get(1).equals("nft"))
                .map(removal -> List.of(removal.get(0), ""))
                .toList();
    }
}
