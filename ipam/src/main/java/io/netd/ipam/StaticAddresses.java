package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.RequestedIp;
import io.netd.cni.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The places where {@code static} finds addresses, and which of them count. */
record StaticAddresses(NetworkConfig config, Settings ipam, CniArgs args) {
    private static final String ADDRESSES = "IP";
    private static final String GATEWAYS = "GATEWAY";

    List<CniAddress> read() {
        // What the caller's environment says has to make sense even where it does not count.
        List<CniAddress> ofArguments = ofArguments();
        if (!config.runtimeConfig().ips().isEmpty()) {
            return requested(config.runtimeConfig().ips());
        }
        if (!config.args().ips().isEmpty()) {
            return requested(config.args().ips());
        }
        return Stream.concat(ipam.list("addresses").stream().map(StaticAddresses::written), ofArguments.stream())
                .toList();
    }

    private List<CniAddress> ofArguments() {
        args.requireKnown(Set.of(ADDRESSES, GATEWAYS));
        List<IpPrefix> addresses = new ArrayList<>();
        words(ADDRESSES).forEach(word -> addresses.add(prefix(word)));
        List<IpAddress> gateways = new ArrayList<>();
        words(GATEWAYS).forEach(word -> gateways.add(gateway(word)));
        return addresses.stream()
                .map(address -> new CniAddress(address, last(gateways, address), OptionalInt.empty()))
                .toList();
    }

    private Stream<String> words(String key) {
        return args.get(key).stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(String::strip);
    }

    /** Of several gateways in the address's network the last one counts, as in the reference. */
    private static Optional<IpAddress> last(List<IpAddress> gateways, IpPrefix address) {
        return gateways.stream().filter(address::contains).reduce((first, second) -> second);
    }

    private static IpPrefix prefix(String word) {
        try {
            return IpPrefix.parse(word);
        } catch (IllegalArgumentException e) {
            throw argument("the 'ip' field is expected to be in CIDR notation, got: '" + word + "'", e);
        }
    }

    private static IpAddress gateway(String word) {
        try {
            return IpAddress.parse(word);
        } catch (IllegalArgumentException e) {
            throw argument("invalid gateway address: " + word, e);
        }
    }

    private static CniAddress written(Settings entry) {
        String text = entry.text("address").orElse("");
        try {
            return new CniAddress(IpPrefix.parse(text), entry.value("gateway", IpAddress::parse), OptionalInt.empty());
        } catch (IllegalArgumentException e) {
            throw entry.invalid(
                    "address", "the 'address' field is expected to be in CIDR notation, got: '" + text + "'");
        }
    }

    private static List<CniAddress> requested(List<RequestedIp> ips) {
        return ips.stream().map(StaticAddresses::address).toList();
    }

    private static CniAddress address(RequestedIp ip) {
        int length = ip.prefixLength()
                .orElseThrow(() -> new CniException(
                        ErrorCode.INVALID_CONFIG,
                        "an entry in the 'ips' field is NOT in CIDR notation, got: '" + ip + "'"));
        return new CniAddress(new IpPrefix(ip.address(), length), Optional.empty(), OptionalInt.empty());
    }

    private static CniException argument(String fault, IllegalArgumentException cause) {
        return new CniException(ErrorCode.INVALID_ENVIRONMENT, "CNI_ARGS: " + fault, cause);
    }
}
