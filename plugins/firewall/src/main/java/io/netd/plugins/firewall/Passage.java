package io.netd.plugins.firewall;

import io.netd.address.IpPrefix;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One container's way through the host: by rules of our own, or by a zone of firewalld. What keeps bridges apart are rules
 * with either.
 *
 * @param owner in whose name the rules stand
 * @param rules all that it needs without firewalld
 * @param sources its addresses
 */
record Passage(Owner owner, FirewallConfig config, ContainerRules rules, List<IpPrefix> sources) {
    Passage {
        sources = List.copyOf(sources);
    }

    static Passage of(Owner owner, FirewallConfig config, CniResult result) {
        return new Passage(owner, config, ContainerRules.of(result, config), ContainerRules.addresses(result));
    }

    /** Opens it; the traces are left with what the plugin will return. */
    void open(Host host, Traces traces, CniResult outcome) {
        if (sources.isEmpty()) {
            return;
        }
        Optional<Firewalld> found = firewalld(host);
        if (found.isEmpty()) {
            put(host, traces, outcome, List.of(), rules.all());
            return;
        }
        try (Firewalld firewalld = found.get()) {
            put(host, traces, outcome, List.of(new ZoneTrace(config.zone(), sources)), rules.ofPolicy());
            sources.forEach(source -> firewalld.add(config.zone(), source));
        }
    }

    /**
     * Looks whether it is open. Of a container that the reference plugin added only what lets it pass is looked for.
     *
     * @throws CniException naming what is missing
     */
    void check(Host host) {
        if (sources.isEmpty()) {
            return;
        }
        List<Rule> ours = host.firewall().rules(owner);
        Optional<Firewalld> found = passes(ours) ? Optional.empty() : firewalld(host);
        List<Rule> policy = ours.isEmpty() ? List.of() : rules.ofPolicy();
        List<Rule> wanted = new ArrayList<>(found.isPresent() ? List.of() : rules.passing());
        wanted.addAll(policy);
        requireNone("rules", host.firewall().missing(wanted));
        if (found.isPresent()) {
            try (Firewalld firewalld = found.get()) {
                requireNone(
                        "addresses in zone " + config.zone() + " of firewalld",
                        sources.stream()
                                .filter(source -> !firewalld.has(config.zone(), source))
                                .toList());
            }
        }
    }

    private boolean passes(List<Rule> ours) {
        return ours.stream()
                .map(Rule::plain)
                .collect(Collectors.toSet())
                .containsAll(rules.passing().stream().map(Rule::plain).toList());
    }

    /** The host's firewalld if it is the one to speak to. */
    private Optional<Firewalld> firewalld(Host host) {
        if (config.framework().isPresent()) {
            return Optional.empty();
        }
        Optional<Firewalld> found = Firewalld.find(host);
        if (found.isEmpty() && config.backend().isPresent()) {
            throw new CniException(ErrorCode.TRY_LATER, "backend firewalld: firewalld does not run on this host");
        }
        return found;
    }

    private void put(Host host, Traces traces, CniResult outcome, List<Trace> zone, List<Rule> wanted) {
        RulesTrace trace = new RulesTrace(owner, wanted.isEmpty() ? wanted : claimed(host, wanted));
        List<Trace> left = new ArrayList<>(zone);
        left.add(trace);
        traces.leave(left, outcome);
        trace.apply(host);
    }

    /** What keeps a bridge apart and was there before belongs to containers of another program: it shall stay for them. */
    private List<Rule> claimed(Host host, List<Rule> wanted) {
        List<Rule> claimed = new ArrayList<>(wanted);
        claimed.removeAll(host.firewall().foreign(rules.isolation()));
        return claimed;
    }

    private void requireNone(String what, List<?> missing) {
        if (!missing.isEmpty()) {
            throw new CniException(ErrorCode.INTERNAL, "firewall: " + what + " are missing: " + missing);
        }
    }
}
