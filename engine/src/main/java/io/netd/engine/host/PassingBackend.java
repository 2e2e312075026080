package io.netd.engine.host;

import io.netd.firewall.Backend;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.firewall.RuleSet;
import io.netd.linux.ns.NetworkNamespace;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The firewall of a host that is not ours: reached anew for each change, through the namespace of
 * the request that the calling thread works for, because an open socket would keep it alive.
 */
final class PassingBackend implements Backend {
    private final Supplier<Optional<NetworkNamespace>> current;
    private final Function<NetworkNamespace, Backend> opener;

    /**
     * @param current the namespace of the request that the calling thread works for
     * @param opener opens what is closed after each change
     */
    PassingBackend(Supplier<Optional<NetworkNamespace>> current, Function<NetworkNamespace, Backend> opener) {
        this.current = current;
        this.opener = opener;
    }

    @Override
    public void apply(Change change) {
        within(backend -> {
            backend.apply(change);
            return List.of();
        });
    }

    @Override
    public List<Rule> repair(RuleSet desired) {
        return within(backend -> backend.repair(desired));
    }

    @Override
    public List<Rule> missing(List<Rule> rules, RuleSet desired) {
        return within(backend -> backend.missing(rules, desired));
    }

    @Override
    public List<Rule> waiting(List<Rule> rules) {
        return within(backend -> backend.waiting(rules));
    }

    @Override
    public void close() {}

    private List<Rule> within(Function<Backend, List<Rule>> body) {
        NetworkNamespace namespace = current.get()
                .orElseThrow(() -> new IllegalStateException("no request of this host is under way on this thread"));
        try (Backend backend = opener.apply(namespace)) {
            return body.apply(backend);
        }
    }
}
