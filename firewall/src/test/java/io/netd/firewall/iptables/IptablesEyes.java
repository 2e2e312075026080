package io.netd.firewall.iptables;

import io.netd.firewall.Backend;
import io.netd.firewall.Eyes;
import io.netd.firewall.Flavour;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.List;
import java.util.stream.Stream;

/** Through the iptables programs of one flavour. */
record IptablesEyes(Flavour flavour, String folder, String suffix) implements Eyes {
    /** Through those that are installed. */
    IptablesEyes(Flavour flavour, String suffix) {
        this(flavour, "", suffix);
    }

    @Override
    public Backend open(NetworkNamespace namespace) {
        return IptablesBackends.ofOwnNamespace(flavour, namespace);
    }

    @Override
    public String saved(ThrowawayNamespace host) {
        return host.sh(folder + "iptables" + suffix + "-save; " + folder + "ip6tables" + suffix + "-save")
                .lines()
                .filter(line -> line.startsWith("-A") || line.startsWith(":NETD") || line.startsWith(":CNI"))
                .map(line -> line.replaceAll(" \\[.*]$", ""))
                .sorted()
                .reduce("", (text, line) -> text + line + "\n");
    }

    @Override
    public List<Integer> marks(ThrowawayNamespace host, String chain) {
        return host.sh(folder + "iptables" + suffix + " -S " + chain)
                .lines()
                .filter(line -> line.contains("--mark 0x"))
                .map(line -> line.replaceAll(".*--mark 0x([0-9a-f]+).*", "$1"))
                .map(mark -> Integer.parseInt(mark, 16))
                .toList();
    }

    @Override
    public void insertMark(ThrowawayNamespace host, String chain) {
        host.sh(folder + "iptables" + suffix + " -I " + chain + " -m mark --mark " + STRANGER);
    }

    @Override
    public void deleteSecond(ThrowawayNamespace host, String chain) {
        host.sh(folder + "iptables" + suffix + " -D " + chain + " 2");
    }

    @Override
    public void appendDrop(ThrowawayNamespace host, String chain, String source) {
        host.sh(folder + "iptables" + suffix + " -A " + chain + " -s " + source + " -j DROP");
    }

    @Override
    public void flush(ThrowawayNamespace host, String chain) {
        host.sh(folder + "iptables" + suffix + " -F " + chain);
    }

    @Override
    public void flushFilter(ThrowawayNamespace host) {
        host.sh(folder + "iptables" + suffix + " -F; " + folder + "iptables" + suffix + " -X");
    }

    @Override
    public List<Long> counts(ThrowawayNamespace host, String... words) {
        return host.sh(folder + "iptables" + suffix + "-save -c")
                .lines()
                .filter(line -> line.startsWith("[") && Stream.of(words).allMatch(line::contains))
                .map(line -> Long.parseLong(line.substring(1, line.indexOf(':'))))
                .toList();
    }
}
