package io.netd.daemon.config;

import io.netd.address.IpPrefix;

/**
 * Where subnets are cut from.
 *
 * @param base the whole range
 * @param size prefix length of one subnet
 */
public record AddressPool(IpPrefix base, int size) {
    /** Refuses subnets that are larger than the range or too small for a gateway and a container. */
    public AddressPool {
        int largest = base.family().bits() - 2;
        if (size < base.length() || size > largest) {
            throw new IllegalArgumentException("invalid size " + size + " for the pool " + base + ": it must be from "
                    + base.length() + " to " + largest);
        }
        if (!base.isNetwork()) {
            throw new IllegalArgumentException("invalid pool " + base + ": did you mean " + base.network() + "?");
        }
    }

    /** Reads docker's {@code base=172.30.0.0/16,size=24}. */
    static AddressPool parse(String text) {
        String base = "";
        String size = "";
        for (String part : text.split(",")) {
            if (part.startsWith("base=")) {
                base = part.substring("base=".length());
            } else if (part.startsWith("size=")) {
                size = part.substring("size=".length());
            } else {
                throw new IllegalArgumentException("invalid pool \"" + text + "\": it must be base=PREFIX,size=LENGTH");
            }
        }
        try {
            return new AddressPool(IpPrefix.parse(base), Integer.parseInt(size));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid pool \"" + text + "\": it must be base=PREFIX,size=LENGTH");
        }
    }
}
