package io.netd.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All of a host that netd might change, as other programs see it.
 *
 * @param lines what kind of thing it is, a tab, and what is said of it
 */
record Snapshot(List<String> lines) {
    /** Of this host: those that live in its mount namespace. */
    private static final String PROCESSES = """
            for p in $(pgrep 'netd-(launch|monitor)'); do
                [ "$(readlink /proc/$p/ns/mnt)" = "$(readlink /proc/self/ns/mnt)" ] && tr '\\0' ' ' </proc/$p/cmdline && echo
            done; true""";

    /**
     * One nft for each family: targets of iptables, such as MASQUERADE, it finds for the family alone that it lists first, and
     * prints those of others as not found.
     */
    static final String NFTABLES = "for family in ip ip6 inet arp bridge netdev; do nft -s list ruleset $family; done";

    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry(
                    "links", "ip -o link | sed -E 's/^[0-9]+: //; s/<[^>]*>//; s/(qlen|state|qdisc) [^ ]+//g' | sort"),
            Map.entry(
                    "addresses",
                    "ip -o address | sed -E 's/^[0-9]+: //; s/tentative//; /inet6 fe80/d; s/(valid|preferred)_lft [^ ]+//g; s/ +/ /g' | sort"),
            Map.entry(
                    "routes",
                    "(ip route show table all; ip -6 route show table all) | sed 's/linkdown//' | grep -vE 'fe80|ff00' | sort"),
            // What published ports need of docker0 stays with docker0 and goes with it.
            Map.entry(
                    "settings",
                    "grep -rs '' --include=ip_forward --include=forwarding --include=route_localnet --include=rp_filter"
                            + " --include='bridge-nf-call*' --include=accept_ra --include=accept_dad --include=disable_ipv6"
                            + " --include=proxy_arp --include=mtu /proc/sys/net/ipv4 /proc/sys/net/ipv6 /proc/sys/net/bridge"
                            + " | grep -v /docker0/route_localnet | sort"),
            Map.entry("rules of nftables", NFTABLES),
            Map.entry("rules of iptables-legacy", "iptables-legacy-save 2>/dev/null | grep -v '^#' | sed 's/\\[.*//'"),
            Map.entry("mounts", "cut -d' ' -f4- /proc/self/mountinfo | sort"),
            Map.entry("cgroups", "find /sys/fs/cgroup -type d -path '*" + Host.CGROUPS + "*' | sort"),
            Map.entry("processes", PROCESSES),
            Map.entry(
                    "files",
                    "find /run /var/lib /tmp -xdev -mindepth 1 | grep -vE 'hsperfdata|^/run/(mount|xtables.lock)' | sort"));

    /** One shell asks all: nothing else is done so often. */
    private static final String LOOK = QUESTIONS.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(question -> "(" + question.getValue() + ") | sed -E 's/[ \\t]+/ /g; s/^ | $//g; s/^/"
                    + question.getKey() + "\\t/'")
            .collect(Collectors.joining("\n"));

    static Snapshot of(Host host) {
        return new Snapshot(host.sh(LOOK).out().lines().toList());
    }

    /** What a later look shows differently, line by line; empty when nothing does. */
    List<String> changesTo(Snapshot later) {
        List<String> gone = new ArrayList<>(lines);
        List<String> come = new ArrayList<>(later.lines);
        // One at a time: of two equal rules, one may be too many.
        come.removeIf(gone::remove);
        return Stream.concat(said(gone, ": gone: "), said(come, ": new: ")).toList();
    }

    private static Stream<String> said(List<String> lines, String word) {
        return lines.stream().map(line -> line.replaceFirst("\t", word));
    }
}
