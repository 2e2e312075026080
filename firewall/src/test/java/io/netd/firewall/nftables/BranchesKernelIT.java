package io.netd.firewall.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.firewall.Chains;
import io.netd.firewall.CtState;
import io.netd.firewall.Ledger;
import io.netd.firewall.Match;
import io.netd.firewall.Owner;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.nft.NftSocket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random rules of random owners come and go; after each change random packets get the verdict that one list of all rules,
 * in the order of their ranks, would give them.
 */
class BranchesKernelIT {
    private static final int CHANGES = 40;
    private static final int PACKETS = 300;
    private static final List<String> INTERFACES = List.of("br0", "br1", "br2", "eth0", "lo");
    private static final List<String> ADDRESSES =
            List.of("10.0.0.2", "10.0.1.2", "10.1.0.2", "10.1.0.3", "127.0.0.1", "192.0.2.1");
    private static final List<String> PREFIXES = List.of("10.0.0.0/16", "10.0.1.0/24", "10.1.0.0/16", "10.1.0.2/32");
    private static final List<Integer> FORWARD = List.of(
            -10, Ranks.REPLIES, Ranks.INTERNAL, Ranks.MARKED, Ranks.INBOUND, 50, Ranks.NEIGHBOURS, Ranks.OUTBOUND);
    private static final List<Integer> NETD = List.of(5, Ranks.PUBLISHED, 50, Ranks.UNPUBLISHED);

    private ThrowawayNamespace host;
    private Ledger ledger;

    @BeforeEach
    void open() {
        host = ThrowawayNamespace.create();
        ledger = Ledger.of(NftablesBackends.ofOwnNamespace(host.namespace()));
    }

    @AfterEach
    void close() {
        ledger.close();
        host.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void packetsFareAsInOneList(int seed) {
        Random random = new Random(seed);
        for (int change = 0; change < CHANGES; change++) {
            Owner owner = new Owner("owner/" + random.nextInt(4));
            ledger.put(owner, random.nextInt(5) == 0 ? List.of() : rules(random, seed));
            List<Rule> all = ledger.owners().stream()
                    .flatMap(each -> ledger.rules(each).stream())
                    .distinct()
                    .sorted(Comparator.comparingInt(Rule::rank))
                    .toList();
            assertThat(ledger.missing(all)).isEmpty();
            try (NftSocket socket = host.namespace().call(NftSocket::open)) {
                compare(new RulesMachine(socket), all, random);
            }
        }
        List.copyOf(ledger.owners()).forEach(ledger::remove);
        assertThat(host.sh("nft list ruleset")).isEmpty();
    }

    private static void compare(RulesMachine kernel, List<Rule> all, Random random) {
        for (int i = 0; i < PACKETS; i++) {
            Packet packet = packet(random);
            for (Rule.Draft chain : chains()) {
                String name = chain.table() + "-" + chain.chain();
                assertThat(kernel.run(name, packet))
                        .as("%s in %s of %s", packet, name, all)
                        .isEqualTo(oneList(all, chain, packet));
            }
        }
    }

    private static String oneList(List<Rule> all, Rule.Draft chain, Packet packet) {
        for (Rule rule : all) {
            boolean isHere = rule.table() == chain.table() && rule.chain().equals(chain.chain());
            if (isHere && packet.meets(rule)) {
                String verdict = rule.target() instanceof Target.Jump jump
                        ? oneList(all, Rule.in(rule.family(), rule.table(), jump.chain(), 0), packet)
                        : rule.target().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
                if (!verdict.equals("none")) {
                    return verdict;
                }
            }
        }
        return "none";
    }

    private static List<Rule.Draft> chains() {
        return List.of(
                Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD_FORWARD, 0),
                Rule.in(IpFamily.IPV4, Table.RAW, Chains.PREROUTING, 0),
                Rule.in(IpFamily.IPV4, Table.NAT, Chains.POSTROUTING, 0));
    }

    private static List<Rule> rules(Random random, int seed) {
        return Stream.generate(() -> rule(random, seed))
                .limit(1 + random.nextInt(12))
                .distinct()
                .toList();
    }

    /** All rules of a rank do the same, for among them there is no order. */
    private static Rule rule(Random random, int seed) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return Rule.in(IpFamily.IPV4, Table.RAW, Chains.PREROUTING, Ranks.FIRST)
                    .when(new Match.Destination(IpPrefix.host(IpAddress.parse(pick(random, ADDRESSES)))))
                    .when(new Match.InInterface(pick(random, INTERFACES), random.nextInt(6) > 0))
                    .then(new Target.Drop());
        } else if (kind == 1) {
            return conditions(Rule.in(IpFamily.IPV4, Table.RAW, Chains.PREROUTING, Ranks.FIRST), random, false)
                    .then(new Target.Drop());
        } else if (kind < 4) {
            return conditions(Rule.in(IpFamily.IPV4, Table.NAT, Chains.POSTROUTING, Ranks.ANY), random, true)
                    .then(new Target.Masquerade());
        }
        boolean isForward = kind < 8;
        int rank = pick(random, isForward ? FORWARD : NETD);
        Rule.Draft draft = Rule.in(IpFamily.IPV4, Table.FILTER, isForward ? Chains.NETD_FORWARD : Chains.NETD, rank);
        return conditions(draft, random, true).then(target(rank, isForward, seed));
    }

    private static Target target(int rank, boolean isForward, int seed) {
        if (isForward && rank == Ranks.INBOUND) {
            return new Target.Jump(Chains.NETD);
        }
        return switch (new Random(31L * seed + rank).nextInt(3)) {
            case 0 -> new Target.Accept();
            case 1 -> new Target.Drop();
            default -> rank == Ranks.REPLIES ? new Target.Accept() : new Target.Drop();
        };
    }

    private static Rule.Draft conditions(Rule.Draft draft, Random random, boolean hasOut) {
        List<Match> matches = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            matches.add(new Match.Source(IpPrefix.parse(pick(random, PREFIXES)), random.nextInt(4) == 0));
        }
        if (random.nextInt(3) > 0) {
            matches.add(new Match.InInterface(pick(random, INTERFACES), random.nextBoolean()));
        }
        if (hasOut && random.nextInt(4) > 0) {
            matches.add(new Match.OutInterface(pick(random, INTERFACES), random.nextInt(3) == 0));
        }
        if (random.nextInt(4) == 0) {
            matches.add(new Match.CtStates(pick(random, List.of(CtState.DNAT, CtState.ESTABLISHED, CtState.NEW))));
        }
        if (random.nextInt(4) == 0) {
            int first = 80 + random.nextInt(3);
            matches.add(new Match.Destination(IpPrefix.host(IpAddress.parse(pick(random, ADDRESSES)))));
            matches.add(new Match.Proto(Protocol.TCP));
            matches.add(new Match.DestinationPort(PortRange.parse(first + "-" + (first + random.nextInt(2)))));
        }
        return draft.when(matches.toArray(Match[]::new));
    }

    private static Packet packet(Random random) {
        return new Packet(
                pick(random, INTERFACES),
                pick(random, INTERFACES),
                IpAddress.parse(pick(random, ADDRESSES)),
                IpAddress.parse(pick(random, ADDRESSES)),
                80 + random.nextInt(4),
                pick(random, List.of(CtState.NEW, CtState.ESTABLISHED)),
                random.nextBoolean());
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
