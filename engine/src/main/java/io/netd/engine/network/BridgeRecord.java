package io.netd.engine.network;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.firewall.PublishedPorts;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A bridge network as it was decided, written before it is made.
 *
 * @param format of this record
 * @param name the network
 * @param host where
 * @param bridge the link
 * @param gateway the gateway's IPv4 address with the subnet's length, which the link bears
 * @param gateway6 the same of IPv6, if it has any
 * @param mac the link's hardware address, by which it is recognised
 * @param mtu the link's MTU
 * @param adopted whether somebody else made the link, whose it stays
 * @param traces what was changed for it beside the link
 */
public record BridgeRecord(
        int format,
        String name,
        HostKey host,
        String bridge,
        IpPrefix gateway,
        Optional<IpPrefix> gateway6,
        MacAddress mac,
        int mtu,
        boolean adopted,
        List<Trace> traces) {
    /** The present format. */
    static final int FORMAT = 1;

    public BridgeRecord {
        traces = List.copyOf(traces);
    }

    /** The gateways, IPv4 first. */
    public List<IpPrefix> gateways() {
        return Stream.concat(Stream.of(gateway), gateway6.stream()).toList();
    }

    /** The subnets, IPv4 first. */
    public List<IpPrefix> subnets() {
        return gateways().stream().map(IpPrefix::network).toList();
    }

    /** The families of which its rules have the way to published ports, and with it all that those share. */
    Set<IpFamily> sharing() {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        for (Trace trace : traces) {
            if (trace instanceof RulesTrace rules) {
                for (Rule rule : rules.rules()) {
                    if (rule.equals(PublishedPorts.entrance(rule.family()))) {
                        families.add(rule.family());
                    }
                }
            }
        }
        return families;
    }

    /** Whether it is the same link with the same addresses. */
    boolean isSameNetwork(BridgeRecord other) {
        return bridge.equals(other.bridge) && gateways().equals(other.gateways()) && mac.equals(other.mac);
    }

    /** With one more trace. */
    BridgeRecord leaving(Trace trace) {
        List<Trace> all = new ArrayList<>(traces);
        all.add(trace);
        return new BridgeRecord(format, name, host, bridge, gateway, gateway6, mac, mtu, adopted, all);
    }

    /** Without any trace of a kind, to leave another. */
    BridgeRecord without(Class<? extends Trace> kind) {
        List<Trace> others =
                traces.stream().filter(trace -> !kind.isInstance(trace)).toList();
        return new BridgeRecord(format, name, host, bridge, gateway, gateway6, mac, mtu, adopted, others);
    }
}
