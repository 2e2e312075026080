package io.netd.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpPrefix;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Flavour;
import io.netd.firewall.Ledger;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.Program;
import io.netd.netlink.nft.NftSocket;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing of a ledger keeps a namespace alive that is not the daemon's own. No program is started from inside it here:
 * the JDK's thread that waits for the child would stay in it for a minute.
 */
class ForeignNamespaceKernelIT {
    @ParameterizedTest
    @EnumSource
    void aNamespaceDiesThoughALedgerWroteToIt(Flavour flavour) {
        // Loading JNA starts a program (ldconfig), and that must not happen inside the other namespace.
        NftSocket.open().close();
        NetworkNamespace foreign = NetworkNamespace.create();
        String path =
                "/proc/" + ProcessHandle.current().pid() + "/fd/" + foreign.fd().number();
        sh("ip link add seen type veth peer name far netns " + path);
        Ledger ledger = Ledger.of(IptablesBackends.ofForeignNamespace(flavour, foreign));
        ledger.put(
                new Owner("network"),
                NetworkRules.protect(new BridgeNetwork("br1", List.of(IpPrefix.parse("10.1.0.0/24")), true)));
        String program = flavour == Flavour.IPTABLES_NFT ? "iptables-nft" : "iptables-legacy";
        sh("nsenter --net=" + path + " " + program + " -S NETD-FORWARD | grep -e '-i br1 -j ACCEPT'");
        foreign.close();
        sh("for i in $(seq 250); do ip link show seen >/dev/null 2>&1 || exit 0; sleep 0.02; done; exit 1");
    }

    private static void sh(String script) {
        Program.Output output = Program.of("sh", "-c", script).run();
        assertThat(output.succeeded()).as("%s: %s", script, output).isTrue();
    }
}
