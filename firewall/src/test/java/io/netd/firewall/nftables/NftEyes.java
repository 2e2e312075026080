package io.netd.firewall.nftables;

import io.netd.firewall.Backend;
import io.netd.firewall.Eyes;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Through nft. */
record NftEyes() implements Eyes {
    private static final Pattern MARK = Pattern.compile("meta mark 0x([0-9a-f]+)");
    private static final Pattern COUNT = Pattern.compile("counter packets ([0-9]+)");

    @Override
    public Backend open(NetworkNamespace namespace) {
        return NftablesBackends.ofOwnNamespace(namespace);
    }

    /** The listing must be one that nft takes, and its JSON must be whole. */
    @Override
    public String saved(ThrowawayNamespace host) {
        host.sh("nft -j list ruleset | python3 -m json.tool");
        return host.sh("nft -s list ruleset >s; nft -c -f s; cat s; rm s");
    }

    @Override
    public List<Integer> marks(ThrowawayNamespace host, String chain) {
        return MARK.matcher(host.sh("nft -s list chain ip netd filter-" + chain))
                .results()
                .map(mark -> Integer.parseInt(mark.group(1), 16))
                .toList();
    }

    @Override
    public void insertMark(ThrowawayNamespace host, String chain) {
        host.sh("nft insert rule ip netd filter-" + chain + " mark " + STRANGER);
    }

    @Override
    public void deleteSecond(ThrowawayNamespace host, String chain) {
        host.sh("nft delete rule ip netd filter-" + chain + " handle $(nft -a list chain ip netd filter-" + chain
                + " | grep ' # handle' | grep -v '{' | sed -n '2s/.*handle //p')");
    }

    @Override
    public void appendDrop(ThrowawayNamespace host, String chain, String source) {
        host.sh("nft add rule ip netd filter-" + chain + " ip saddr " + source + " drop");
    }

    @Override
    public void flush(ThrowawayNamespace host, String chain) {
        host.sh("nft flush chain ip netd filter-" + chain);
    }

    @Override
    public void flushFilter(ThrowawayNamespace host) {
        host.sh("nft flush table ip netd");
    }

    @Override
    public List<Long> counts(ThrowawayNamespace host, String... words) {
        return host.sh("nft list ruleset | sed 's/, /\\n/g'")
                .lines()
                .filter(line -> Stream.of(words).allMatch(line::contains))
                .map(COUNT::matcher)
                .filter(Matcher::find)
                .map(count -> Long.parseLong(count.group(1)))
                .toList();
    }
}
