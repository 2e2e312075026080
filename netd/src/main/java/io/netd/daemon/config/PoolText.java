package io.netd.daemon.config;

import io.netd.address.IpPrefix;
import io.netd.engine.network.AddressPool;

/** Address pools as docker writes them: {@code base=172.30.0.0/16,size=24}. */
final class PoolText {
    private static final String BASE = "base=";
    private static final String SIZE = "size=";

    private PoolText() {}

    static AddressPool parse(String text) {
        String base = "";
        String size = "";
        for (String part : text.split(",")) {
            if (part.startsWith(BASE)) {
                base = part.substring(BASE.length());
            } else if (part.startsWith(SIZE)) {
                size = part.substring(SIZE.length());
            } else {
                throw wrong(text);
            }
        }
        try {
            return new AddressPool(IpPrefix.parse(base), Integer.parseInt(size));
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("invalid pool \"" + text + "\": it must be base=PREFIX,size=LENGTH");
    }
}
