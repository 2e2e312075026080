package io.netd.netlink.route;

/**
 * How a bridge treats one of its ports.
 *
 * @param hairpin whether it may send a frame back through the port it came in by
 * @param isolated whether it hands nothing on between this port and another isolated one
 */
public record PortFlags(boolean hairpin, boolean isolated) {
    /** The kernel's defaults. */
    public static final PortFlags NONE = new PortFlags(false, false);

    boolean isDefault() {
        return equals(NONE);
    }
}
