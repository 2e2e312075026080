package io.netd.engine.host;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.monitor.WatchedLink;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.LinkState;
import io.netd.netlink.route.RouteSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bridges of our own host that requests ask for. They are asked for again and again and hardly ever change, so they
 * are followed instead of looked up.
 */
final class KnownLinks implements AutoCloseable {
    private static final String FOLLOWED = "bridge";

    /** Each costs a socket. */
    private static final int MOST = 64;

    private final NetworkNamespace own;
    private final Map<String, WatchedLink> known = new HashMap<>();

    KnownLinks(NetworkNamespace own) {
        this.own = own;
    }

    /** The link as it is at this moment. */
    synchronized Optional<LinkState> find(String name, RouteSocket route) {
        WatchedLink watched = known.get(name);
        Optional<LinkState> state = watched == null ? Optional.empty() : watched.now(route);
        if (state.isPresent() && state.get().link().name().equals(name)) {
            return state;
        }
        forget(name);
        return route.links().byName(name).map(link -> follow(link, route));
    }

    private LinkState follow(Link link, RouteSocket route) {
        if (!link.kind().equals(FOLLOWED) || known.size() >= MOST) {
            return new LinkState(link, route.addresses().list(link.index()));
        }
        WatchedLink watched = own.call(() -> WatchedLink.open(link.index(), route));
        known.put(link.name(), watched);
        return watched.now(route)
                .orElseGet(() -> new LinkState(link, route.addresses().list(link.index())));
    }

    private void forget(String name) {
        WatchedLink gone = known.remove(name);
        if (gone != null) {
            gone.close();
        }
    }

    @Override
    public synchronized void close() {
        known.values().forEach(WatchedLink::close);
        known.clear();
    }
}
