package io.netd.firewall;

import java.util.Arrays;
import java.util.Optional;

/** How a bridge network's containers of one address family are reached from elsewhere; Docker's names. */
public enum GatewayMode {
    /** Under the host's addresses, by published ports alone. */
    NAT("nat"),
    /** As with {@link #NAT}, and under their own addresses by every port. */
    NAT_UNPROTECTED("nat-unprotected"),
    /** Under their own addresses, by published ports alone; nothing is translated. */
    ROUTED("routed"),
    /** Not at all: the host has no address on the bridge. */
    ISOLATED("isolated");

    private final String text;

    GatewayMode(String text) {
        this.text = text;
    }

    /** The mode of that name. */
    public static Optional<GatewayMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text.equals(text)).findFirst();
    }

    /** Whether addresses and ports of the host stand for the containers'. */
    public boolean translates() {
        return this == NAT || this == NAT_UNPROTECTED;
    }

    @Override
    public String toString() {
        return text;
    }
}
