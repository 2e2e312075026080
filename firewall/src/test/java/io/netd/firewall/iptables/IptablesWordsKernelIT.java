package io.netd.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.firewall.Admission;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Chains;
import io.netd.firewall.Flavour;
import io.netd.firewall.Ledger;
import io.netd.firewall.Match;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.firewall.SampleRules;
import io.netd.linux.testing.ThrowawayNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Netd's rules are what iptables itself would have written, to the installed iptables and to Debian 13's (1.8.11). */
class IptablesWordsKernelIT {
    private static final Owner OWNER = new Owner("attachment/1");
    private static final Path NEWER = Path.of("target/iptables/bin").toAbsolutePath();

    /** Which iptables. */
    enum Programs {
        INSTALLED_NFT(Flavour.IPTABLES_NFT, "-nft", ""),
        INSTALLED_LEGACY(Flavour.IPTABLES_LEGACY, "-legacy", ""),
        NEWER_NFT(Flavour.IPTABLES_NFT, "-nft", NEWER + "/"),
        NEWER_LEGACY(Flavour.IPTABLES_LEGACY, "-legacy", NEWER + "/");

        private final IptablesEyes eyes;

        Programs(Flavour flavour, String suffix, String folder) {
            this.eyes = new IptablesEyes(flavour, folder, suffix);
        }

        String of(IpFamily family) {
            String path = eyes.folder() + (family == IpFamily.IPV4 ? "iptables" : "ip6tables") + eyes.suffix();
            if (!eyes.folder().isEmpty() && !Files.isExecutable(Path.of(path))) {
                throw new AssertionError(
                        path + " is not there; build/unpack-iptables firewall/target/iptables fetches it");
            }
            return path;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRuleIsFoundAndDeletedByItsWords(Programs programs) {
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                Ledger ledger = Ledger.of(programs.eyes.open(host.namespace()))) {
            ledger.put(OWNER, rules());
            for (Rule rule : rules()) {
                String program = programs.of(rule.family()) + " -t " + rule.table();
                host.sh(program + rule.line().replaceFirst("-A", " -C"));
                host.sh(program + rule.line().replaceFirst("-A", " -D"));
            }
            assertThat(programs.eyes.saved(host)).doesNotContain("-A ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void saveAndRestoreKeepThemNetds(Programs programs) {
        try (ThrowawayNamespace host = ThrowawayNamespace.create();
                Ledger ledger = Ledger.of(programs.eyes.open(host.namespace()))) {
            ledger.put(OWNER, rules());
            String before = programs.eyes.saved(host);
            assertThat(before.lines().filter(line -> line.startsWith("-A")))
                    .containsExactlyInAnyOrderElementsOf(
                            rules().stream().map(Rule::line).toList());
            for (IpFamily family : IpFamily.values()) {
                String program = programs.of(family);
                host.sh(program + "-save >rules; " + program + "-restore <rules; rm rules");
            }
            assertThat(programs.eyes.saved(host)).isEqualTo(before);
            assertThat(ledger.repair()).isEmpty();
            ledger.remove(OWNER);
            assertThat(programs.eyes.saved(host)).isEmpty();
        }
    }

    /** All kinds there are, and what a network has. */
    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(SampleRules.all());
        List<IpPrefix> subnets = List.of(IpPrefix.parse("172.30.0.0/16"), IpPrefix.parse("fd00:30::/64"));
        BridgeNetwork network = new BridgeNetwork(
                "br-words",
                subnets,
                true,
                true,
                false,
                Map.of(),
                Map.of(),
                new Admission(List.of(), Optional.of(new Match.Mark(2, 3))));
        NetworkRules.protect(network).stream()
                .filter(rule -> !rule.line().contains("DOCKER-USER") && !Chains.isHook(rule.chain()))
                .forEach(rules::add);
        rules.addAll(NetworkRules.directAccessBlock(IpPrefix.parse("172.30.0.2/16"), "br-words", List.of("eth0")));
        return rules;
    }
}
