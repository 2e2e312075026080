package io.netd.engine.network;

import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * A bridge network as it was decided, written before it is made.
 *
 * @param format of this record
 * @param name the network
 * @param host where
 * @param bridge the link
 * @param gateway the link's address with the subnet's length
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
        MacAddress mac,
        int mtu,
        boolean adopted,
        List<Trace> traces) {
    /** The present format. */
    static final int FORMAT = 1;

    public BridgeRecord {
        traces = List.copyOf(traces);
    }

    /** The subnet. */
    public IpPrefix subnet() {
        return gateway.network();
    }

    /** Whether it is the same link with the same address. */
    boolean isSameNetwork(BridgeRecord other) {
        return bridge.equals(other.bridge) && gateway.equals(other.gateway) && mac.equals(other.mac);
    }

    /** With one more trace. */
    BridgeRecord leaving(Trace trace) {
        List<Trace> all = new ArrayList<>(traces);
        all.add(trace);
        return new BridgeRecord(format, name, host, bridge, gateway, mac, mtu, adopted, all);
    }

    /** Without any trace of a kind, to leave another. */
    BridgeRecord without(Class<? extends Trace> kind) {
        List<Trace> others =
                traces.stream().filter(trace -> !kind.isInstance(trace)).toList();
        return new BridgeRecord(format, name, host, bridge, gateway, mac, mtu, adopted, others);
    }
}
