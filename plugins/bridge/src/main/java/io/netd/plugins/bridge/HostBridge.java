package io.netd.plugins.bridge;

import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.LinkState;
import io.netd.netlink.route.Links;
import io.netd.netlink.route.Route;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.pair.Ipv6Settings;
import io.netd.plugins.spi.trace.BridgeTrace;
import io.netd.plugins.spi.trace.BridgeUse;
import io.netd.plugins.spi.trace.LinkUpTrace;
import java.util.List;
import java.util.Optional;

/** The bridge on the host: found, or made by the first container that needs it. */
record HostBridge(BridgeConfig config, Host host, SharedLinks shared) {
    private static final String KIND = "bridge";

    /**
     * The bridge and its gateway, as they were found or are made.
     *
     * @throws CniException when the bridge's name belongs to something else, or the kernel knows no VLANs
     */
    HostLinks ensure() {
        Link bridge = shared.alone(() -> find().orElseGet(this::make));
        return new HostLinks(
                bridge, config.hasVlanGateway() ? new VlanGateway(config, host, shared).ensure(bridge) : bridge);
    }

    /** Puts the gateways on their link and sets it and the bridge up. */
    void bear(HostLinks links, List<IpPrefix> gateways) {
        shared.alone(() -> {
            new BridgeAddresses(config, links.gateway(), host, shared).ensure(gateways);
            if (config.promiscMode()) {
                listenToAll();
            }
            lift(links.bridge(), new BridgeUse(config.bridge(), 0));
            if (links.isGatewayApart()) {
                lift(links.gateway(), config.use());
            }
            return links;
        });
    }

    private void listenToAll() {
        host.link(config.bridge())
                .map(LinkState::link)
                .filter(found -> !found.promiscuous())
                .ifPresent(found -> {
                    shared.leave(new PromiscuousTrace(found.name()));
                    links().setPromiscuous(found.index(), true);
                });
    }

    /** As it is now: what it was when this ADD began may have been taken back. */
    private void lift(Link link, BridgeUse use) {
        host.link(link.name()).map(LinkState::link).filter(found -> !found.up()).ifPresent(found -> {
            shared.leave(new LinkUpTrace(found.name(), use));
            links().setUp(found.index());
        });
    }

    private Optional<Link> find() {
        Optional<Link> found = host.link(config.bridge()).map(LinkState::link);
        found.filter(link -> !link.kind().equals(KIND)).ifPresent(link -> {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    "failed to setup bridge \"" + config.bridge() + "\": \"" + config.bridge()
                            + "\" already exists but is not a bridge");
        });
        return found;
    }

    private Link make() {
        shared.leave(new BridgeTrace(config.bridge()));
        // An address of its own: otherwise the bridge takes the lowest of its ports', and changes it as they come and
        // go.
        Link made = add(config.mac().orElseGet(MacAddress::randomLocal));
        Ipv6Settings.ignoreAdvertisements(host, config.bridge());
        Ipv6Settings.trustOwnAddress(host, config.bridge());
        return made;
    }

    private Link add(MacAddress mac) {
        if (!config.port().usesVlans()) {
            return links().addBridge(config.bridge(), Optional.of(mac), mtu());
        }
        try {
            return links().addVlanBridge(config.bridge(), Optional.of(mac), mtu());
        } catch (NetlinkException e) {
            throw new VlanPort(config.port(), host).refused(e);
        }
    }

    /** On netd's own networks a container must not send what the uplink cannot carry. */
    private int mtu() {
        if (config.mtu() != 0 || !config.protect()) {
            return config.mtu();
        }
        return host.route().routes().list().stream()
                .filter(Route::isDefault)
                .mapToInt(this::mtuOf)
                .filter(mtu -> mtu > 0)
                .findFirst()
                .orElse(0);
    }

    private int mtuOf(Route route) {
        return links().byIndex(route.outIndex()).map(Link::mtu).orElse(0);
    }

    private Links links() {
        return host.route().links();
    }
}
