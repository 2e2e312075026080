package io.netd.engine.network;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.plugins.spi.Host;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what a new network is to be: its id, its link, its subnets.
 *
 * @param settings where subnets come from
 * @param taken subnets of the other networks
 */
record NewNetwork(BridgeSettings settings, List<IpPrefix> taken, Clock clock, Host host) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 32;
    private static final int SHORT_ID = 12;
    private static final String OVERLAP = "invalid pool request: Pool overlaps with other one on this address space";

    NetworkDefinition of(NetworkRequest request) {
        BridgeOptions options = BridgeOptions.parse(request.options());
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        Surroundings around = new Surroundings(host);
        Optional<IpPrefix> gateway6 =
                request.ipv6() ? Optional.of(gateway(request, IpFamily.IPV6, around)) : Optional.empty();
        return new NetworkDefinition(
                NetworkDefinition.FORMAT,
                id,
                request.name(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                gateway(request, IpFamily.IPV4, around),
                gateway6,
                request.internal(),
                request.options(),
                freeLink(options.bridge().orElse("br-" + id.substring(0, SHORT_ID))),
                MacAddress.randomLocal(),
                options.mtu().orElseGet(around::uplinkMtu));
    }

    private String freeLink(String name) {
        if (host.route().links().byName(name).isPresent()) {
            throw new NetworkException("link " + name + " exists already, and netd did not make it for this network");
        }
        return name;
    }

    private IpPrefix gateway(NetworkRequest request, IpFamily family, Surroundings around) {
        Optional<IpPrefix> wanted = request.subnet(family);
        wanted.ifPresent(subnet -> requireFree(subnet, around));
        return request.gatewayIn(wanted.orElseGet(() -> choose(family, around)));
    }

    private IpPrefix choose(IpFamily family, Surroundings around) {
        List<IpPrefix> avoided =
                Stream.concat(around.onLink().stream(), taken.stream()).toList();
        Stream<IpPrefix> candidates = family == IpFamily.IPV4
                ? settings.pools().stream().flatMap(AddressPool::subnets)
                : UniqueLocal.of(around.machineId()).subnets();
        return new SubnetChoice(settings.pools(), avoided, around.nameservers())
                .first(candidates)
                .orElseThrow(() -> new NetworkException(
                        "all predefined address pools have been fully subnetted: choose a subnet with --subnet"));
    }

    /** What the host reaches directly would be out of its reach, and of its containers'. */
    private void requireFree(IpPrefix subnet, Surroundings around) {
        overlap(taken, subnet).ifPresent(other -> {
            throw new NetworkException(OVERLAP + ": " + other + " is another network's");
        });
        overlap(around.onLink(), subnet).ifPresent(other -> {
            throw new NetworkException(OVERLAP + ": this host reaches " + other + " directly");
        });
    }

    private static Optional<IpPrefix> overlap(List<IpPrefix> others, IpPrefix subnet) {
        return others.stream().filter(subnet::overlaps).findFirst();
    }
}
