package io.netd.cni;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads the shape of 0.1.0 and 0.2.0: {@code ip4} and {@code ip6}, each with its routes. */
final class FlatResultReader {
    private FlatResultReader() {}

    static CniResult read(Settings result) {
        List<CniAddress> addresses = new ArrayList<>();
        List<CniRoute> routes = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            result.settings(key(family)).ifPresent(ip -> {
                IpPrefix address = ip.value("ip", IpPrefix::parse).orElseThrow(() -> ip.invalid("ip", "missing"));
                addresses.add(new CniAddress(address, ip.value("gateway", IpAddress::parse), OptionalInt.empty()));
                ip.list("routes").forEach(route -> routes.add(CniRoute.read(route)));
            });
        }
        return new CniResult(
                List.of(),
                addresses,
                routes,
                result.settings("dns").map(CniDns::read).orElse(CniDns.EMPTY));
    }

    static String key(IpFamily family) {
        return family == IpFamily.IPV4 ? "ip4" : "ip6";
    }
}
