package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.LinkState;
import io.netd.netlink.route.VethSpec;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.pair.Ipv6Settings;
import io.netd.plugins.spi.pair.VethPair;

/** The link that bears the gateway's address of a VLAN: one end of a pair whose other end is a port of the bridge. */
record VlanGateway(BridgeConfig config, Host host, SharedLinks shared) {
    /**
     * The link, as it was found or is made. As in the reference plugin any link of that name will do, such as one that
     * an administrator made.
     */
    Link ensure(Link bridge) {
        return shared.alone(
                () -> host.link(config.gatewayLink()).map(LinkState::link).orElseGet(() -> make(bridge)));
    }

    private Link make(Link bridge) {
        String name = config.gatewayLink();
        String port = VethPair.randomName();
        shared.leave(new VlanGatewayTrace(bridge.name(), name, config.port().vlan()));
        host.route()
                .links()
                .addVeth(VethSpec.of(port, name, host.namespace().fd())
                        .withMaster(bridge.index())
                        .withMtu(bridge.mtu())
                        .withHostMac(MacAddress.randomLocal())
                        .withPeerMac(MacAddress.randomLocal()));
        Ipv6Settings.ignoreAdvertisements(host, port);
        Ipv6Settings.ignoreAdvertisements(host, name);
        new VlanPort(config.port().ofGateway(), host).join(port);
        return host.route().links().byName(name).orElseThrow(() -> VlanPort.gone(name));
    }
}
