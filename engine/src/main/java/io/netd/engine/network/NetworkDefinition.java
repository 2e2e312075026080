package io.netd.engine.network;

import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.firewall.Admission;
import io.netd.firewall.BridgeNetwork;
import io.netd.plugins.spi.HostKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A user-defined network, which outlives a reboot. Once it is written the network is there; its bridge is made from it
 * again as often as necessary.
 *
 * @param format of this record
 * @param id 64 hexadecimal digits
 * @param name what users call it
 * @param created when it was made first
 * @param gateway the IPv4 gateway with the subnet's length
 * @param gateway6 the same of IPv6, if it has any
 * @param internal whether it has no way in or out
 * @param options as they were given
 * @param bridge the link
 * @param mac the link's hardware address, by which it is recognised
 * @param mtu the link's MTU
 */
public record NetworkDefinition(
        int format,
        String id,
        String name,
        Instant created,
        IpPrefix gateway,
        Optional<IpPrefix> gateway6,
        boolean internal,
        Map<String, String> options,
        String bridge,
        MacAddress mac,
        int mtu) {
    /** The present format. */
    static final int FORMAT = 1;

    public NetworkDefinition {
        options = Map.copyOf(options);
    }

    /** Its gateways, IPv4 first. */
    public List<IpPrefix> gateways() {
        return Stream.concat(Stream.of(gateway), gateway6.stream()).toList();
    }

    /** Its subnets, IPv4 first. */
    public List<IpPrefix> subnets() {
        return gateways().stream().map(IpPrefix::network).toList();
    }

    /** Its options, read. */
    BridgeOptions settings() {
        return BridgeOptions.parse(options);
    }

    /** What is decided of its bridge on a host, where nothing has been done yet. */
    BridgeRecord record(HostKey host) {
        return new BridgeRecord(BridgeRecord.FORMAT, name, host, bridge, gateway, gateway6, mac, mtu, false, List.of());
    }

    /**
     * What its rules depend on.
     *
     * @param access what is so of all networks
     */
    BridgeNetwork rules(BridgeAccess access) {
        BridgeOptions settings = settings();
        return new BridgeNetwork(
                bridge,
                subnets(),
                settings.masquerade(),
                settings.icc(),
                internal,
                settings.modes(),
                settings.sources(),
                new Admission(settings.trusted(), access.accepted()));
    }
}
