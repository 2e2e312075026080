package io.netd.cni;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import java.util.OptionalInt;

/** Reads the shape of 0.3.0 and later: lists of interfaces, addresses and routes. */
final class ResultReader {
    private ResultReader() {}

    static CniResult read(Settings result, CniVersion version) {
        return new CniResult(
                result.list("interfaces").stream()
                        .map(link -> readInterface(link, version.isAtLeast(CniVersion.V1_0_0)))
                        .toList(),
                result.list("ips").stream().map(ResultReader::readAddress).toList(),
                result.list("routes").stream().map(CniRoute::read).toList(),
                result.settings("dns").map(CniDns::read).orElse(CniDns.EMPTY));
    }

    /** Keys that a version does not know are nothing to it, but 1.0.0, as in the reference library, knows those of 1.1.0. */
    private static CniInterface readInterface(Settings link, boolean isWhole) {
        return new CniInterface(
                link.text("name").orElse(""),
                link.value("mac", MacAddress::parse),
                isWhole ? number(link, "mtu") : OptionalInt.empty(),
                link.text("sandbox"),
                link.text("socketPath").filter(path -> isWhole),
                link.text("pciID").filter(id -> isWhole));
    }

    private static CniAddress readAddress(Settings address) {
        return new CniAddress(
                address.value("address", IpPrefix::parse).orElseThrow(() -> address.invalid("address", "missing")),
                address.value("gateway", IpAddress::parse),
                number(address, "interface"));
    }

    private static OptionalInt number(Settings settings, String key) {
        return settings.integer(key, 0, Integer.MAX_VALUE);
    }
}
