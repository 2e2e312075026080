package io.netd.firewall.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpPrefix;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Flavour;
import io.netd.firewall.Ledger;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.firewall.SampleRules;
import io.netd.firewall.iptables.IptablesBackends;
import io.netd.firewall.nftables.NftablesBackends;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.nft.NftSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger that goes on with what it hears of others' changes knows the rules as one that has just read them. */
class OthersChangesKernelIT {
    private static final Owner ONE = new Owner("one");
    private static final Owner TWO = new Owner("two");

    /** What else goes on in the tables that netd writes into. */
    private static final List<String> OTHERS = List.of(
            "iptables-nft -t nat -A POSTROUTING -s 10.9.0.0/16 -j MASQUERADE",
            "iptables-nft -t nat -I POSTROUTING -s 10.8.0.0/16 -j MASQUERADE",
            "iptables-nft -t nat -D POSTROUTING -s 10.9.0.0/16 -j MASQUERADE",
            "iptables-nft -t nat -D POSTROUTING 1",
            "iptables-nft -t nat -D NETD 1",
            "iptables-nft -t nat -N CNI-$N; iptables-nft -t nat -A PREROUTING -j CNI-$N",
            "iptables-nft -t nat -A CNI-$N -p tcp --dport 80 -j DNAT --to-destination 10.9.0.2",
            "iptables-nft -t nat -E CNI-$N CNI-OTHER$N",
            "iptables-nft -t nat -F",
            "iptables-nft -F FORWARD",
            "iptables-nft -P FORWARD DROP",
            "iptables-nft -P FORWARD ACCEPT",
            "iptables-nft -t nat -Z POSTROUTING",
            "iptables-nft -R FORWARD 1 -j ACCEPT",
            "iptables-nft-save >saved; iptables-nft-restore <saved; rm saved",
            "iptables-nft -X",
            "iptables-nft -N DOCKER-USER; iptables-nft -A FORWARD -j DOCKER-USER",
            "iptables-nft -A DOCKER-USER -s 10.7.0.0/16 -j DROP",
            "iptables-nft -A DOCKER-USER -j RETURN",
            "iptables-nft -D DOCKER-USER 1",
            "iptables-nft -F DOCKER-USER",
            "nft add table ip other; nft add chain ip other some; nft add rule ip other some accept",
            "nft delete table ip other",
            "nft delete table ip nat",
            "nft delete table ip netd",
            "nft flush chain ip netd nat-NETD",
            "nft flush map ip netd ports",
            "nft flush ruleset");

    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.of(IptablesBackends.ofOwnNamespace(Flavour.IPTABLES_NFT, host.namespace()));
    }

    @AfterEach
    void close() {
        ledger.close();
        host.close();
    }

    @Test
    void aChangeBesideSomebodyElsesIsOneTransaction() {
        ledger.put(ONE, rules(0));
        host.sh("iptables-nft -t nat -A POSTROUTING -s 10.9.0.0/16 -j MASQUERADE; iptables-nft -N OTHER");
        int before = generation();
        ledger.put(TWO, rules(1));
        ledger.remove(TWO);
        assertThat(generation()).isEqualTo(before + 2);
        assertThat(host.sh("iptables-nft -t nat -S POSTROUTING")).contains("-s 10.9.0.0/16 -j MASQUERADE");
    }

    @Test
    void moreNewsThanThereIsRoomForAreReadAnew() {
        ledger.put(ONE, rules(0));
        host.sh("{ echo '*filter'; seq -f '-A FORWARD -m mark --mark %.0f -j ACCEPT' 20000; echo COMMIT; }"
                + " | iptables-nft-restore -n; iptables-nft -t nat -F POSTROUTING");
        assertThat(ledger.repair()).hasSize(1).allMatch(rule -> rule.chain().equals("POSTROUTING"));
        ledger.remove(ONE);
        assertThat(host.sh("iptables-nft-save | grep -e NETD -e 'br[01]' || true"))
                .isEmpty();
        assertThat(host.sh("iptables-nft -S FORWARD | wc -l").strip()).isEqualTo("20001");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverOthersDoAfterARepairAllIsThereOnce(long seed) {
        walk(seed, ledger);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9, 10, 11, 12})
    void inTablesOfItsOwnToo(long seed) {
        try (Ledger own = Ledger.of(NftablesBackends.ofOwnNamespace(host.namespace()))) {
            walk(seed, own);
        }
    }

    private void walk(long seed, Ledger walked) {
        Random random = new Random(seed);
        List<String> done = new ArrayList<>();
        walked.put(ONE, rules(0));
        for (int step = 0; step < 25; step++) {
            String what = step(random, walked);
            done.add(what);
            walked.repair();
            List<Rule> wanted = new ArrayList<>(walked.rules(ONE));
            wanted.addAll(walked.rules(TWO));
            assertThat(walked.missing(wanted)).as("seed %d: %s", seed, done).isEmpty();
            assertThat(repeated()).as("seed %d: %s", seed, done).isEmpty();
        }
        walked.remove(ONE);
        walked.remove(TWO);
        assertThat(host.sh("nft list ruleset | grep -e NETD -e 'br[01]' || true"))
                .as("seed %d: %s", seed, done)
                .isEmpty();
    }

    private String step(Random random, Ledger walked) {
        int number = random.nextInt(3);
        if (random.nextInt(4) == 0) {
            Owner owner = random.nextBoolean() ? ONE : TWO;
            walked.put(owner, number == 2 ? List.of() : rules(owner == ONE ? 0 : 1));
            return "put " + owner + number;
        }
        String command = OTHERS.get(random.nextInt(OTHERS.size())).replace("$N", "" + number);
        host.sh("{ " + command + "; } 2>/dev/null || true");
        return command;
    }

    /** Netd's rules that stand there more than once. */
    private List<String> repeated() {
        List<String> lines = host.sh("iptables-nft-save | grep -e NETD -e 'br[01]' | grep -e -A || true")
                .lines()
                .toList();
        return lines.stream()
                .filter(line -> Collections.frequency(lines, line) > 1)
                .toList();
    }

    private int generation() {
        try (NftSocket socket = host.call(NftSocket::open)) {
            return socket.generation();
        }
    }

    private static List<Rule> rules(int number) {
        List<Rule> rules = new ArrayList<>(NetworkRules.protect(
                new BridgeNetwork("br" + number, List.of(IpPrefix.parse("172.3" + number + ".0.0/16")), true)));
        rules.addAll(SampleRules.all().subList(2 + number, 3 + number));
        return rules;
    }
}
