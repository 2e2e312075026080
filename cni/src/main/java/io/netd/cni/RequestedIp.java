package io.netd.cni;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.util.OptionalInt;

/** An address that a caller asks for, {@code 10.1.2.3} or {@code 10.1.2.3/24}. */
public record RequestedIp(IpAddress address, OptionalInt prefixLength) {
    /**
     * Reads either form.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static RequestedIp parse(String text) {
        if (text.indexOf('/') < 0) {
            return new RequestedIp(IpAddress.parse(text), OptionalInt.empty());
        }
        IpPrefix prefix = IpPrefix.parse(text);
        return new RequestedIp(prefix.address(), OptionalInt.of(prefix.length()));
    }

    /** The text it was read from, in canonical form. */
    @Override
    public String toString() {
        return prefixLength.isPresent() ? address + "/" + prefixLength.getAsInt() : address.toString();
    }
}
