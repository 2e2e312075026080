package io.netd.plugins.portmap;

/** The same ports, published in tables of netd's own while iptables is the host's usual framework. */
class PortmapOnNftablesKernelIT extends PortmapPluginKernelIT {
    @Override
    Sight sight() {
        return Sight.NFTABLES;
    }
}
