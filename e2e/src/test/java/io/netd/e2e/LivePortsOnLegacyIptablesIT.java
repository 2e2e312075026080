package io.netd.e2e;

/** The same on a host whose iptables is the legacy one. */
class LivePortsOnLegacyIptablesIT extends LivePortsIT {
    /** Tables are there from their first use on, and nobody can take them away again. */
    @Override
    void furnish() {
        host.sh("mount --bind /usr/sbin/xtables-legacy-multi /usr/sbin/xtables-nft-multi"
                        + " && for table in filter nat raw; do iptables -t $table -S; done")
                .ok();
    }
}
