package io.netd.trace;

import io.netd.netlink.nft.NfTables;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a packet is seen: at each hook before everybody's rules and behind them. */
enum Point {
    PREROUTING(NfTables.NF_INET_PRE_ROUTING, true),
    PREROUTING_END(NfTables.NF_INET_PRE_ROUTING, false),
    INPUT(NfTables.NF_INET_LOCAL_IN, true),
    INPUT_END(NfTables.NF_INET_LOCAL_IN, false),
    FORWARD(NfTables.NF_INET_FORWARD, true),
    FORWARD_END(NfTables.NF_INET_FORWARD, false),
    OUTPUT(NfTables.NF_INET_LOCAL_OUT, true),
    OUTPUT_END(NfTables.NF_INET_LOCAL_OUT, false),
    POSTROUTING(NfTables.NF_INET_POST_ROUTING, true),
    POSTROUTING_END(NfTables.NF_INET_POST_ROUTING, false);

    private final int hook;
    private final boolean first;

    Point(int hook, boolean first) {
        this.hook = hook;
        this.first = first;
    }

    int hook() {
        return hook;
    }

    boolean isFirst() {
        return first;
    }

    /** Its chain in the table of the watch. */
    String chain() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the hook is called in iptables. */
    String hookName() {
        return name().replace("_END", "");
    }

    static Optional<Point> ofChain(String chain) {
        return Arrays.stream(values())
                .filter(point -> point.chain().equals(chain))
                .findFirst();
    }
}
