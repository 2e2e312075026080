package io.netd.e2e;

import java.util.List;

/** The same on a host whose iptables is the legacy one, of which the kernel tells nobody: its lock file does. */
class KeeperOnLegacyIptablesIT extends KeeperIT {
    /** Tables are there from their first use on, and nobody can take them away again. */
    @Override
    void furnish() {
        host.sh("mount --bind /usr/sbin/xtables-legacy-multi /usr/sbin/xtables-nft-multi"
                        + " && for table in filter nat raw; do iptables -t $table -S; done")
                .ok();
    }

    @Override
    List<List<String>> removals() {
        return super.removals().stream()
                .filter(removal -> !removal.get(1).equals("nft"))
                .map(removal -> List.of(removal.get(0), ""))
                .toList();
    }
}
