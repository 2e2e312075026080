package io.netd.engine.host;

import io.netd.firewall.Backend;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.firewall.RuleSet;
import io.netd.linux.ns.NetworkNamespace;
import java.util.List;
import java.util.function.Function;

/**
 * The firewall of a host that is not ours: reached anew for each change, through the namespace of
 * the request that the calling thread works for, because an open socket would keep it alive.
 */
final class PassingBackend implements Backend {
    private final ThreadLocal<NetworkNamespace> current = new ThreadLocal<>();
    private final Backends backends;

    PassingBackend(Backends backends) {
        this.backends = backends;
    }

    /** From now on this thread works for a request of that host. */
    void enter(NetworkNamespace namespace) {
        current.set(namespace);
    }

    /** This thread's request is over. */
    void leave() {
        current.remove();
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
    public void close() {}

    private List<Rule> within(Function<Backend, List<Rule>> body) {
        NetworkNamespace namespace = current.get();
        if (namespace == null) {
            throw new IllegalStateException("no request of this host is under way on this thread");
        }
        try (Backend backend = backends.open(namespace)) {
            return body.apply(backend);
        }
    }
}
