package io.netd.plugins.firewall;

import io.netd.address.IpPrefix;
import io.netd.plugins.firewall.dbus.BusCall;
import io.netd.plugins.firewall.dbus.BusException;
import io.netd.plugins.firewall.dbus.SystemBus;
import io.netd.plugins.spi.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The firewalld of a host: addresses and interfaces that belong to its zones until it loads its configuration again. */
final class Firewalld implements AutoCloseable {
    private static final String NAME = "org.fedoraproject.FirewallD1";
    private static final String OBJECT = "/org/fedoraproject/FirewallD1";
    private static final Path BUS = Path.of("/run/dbus");

    private final SystemBus bus;

    private Firewalld(SystemBus bus) {
        this.bus = bus;
    }

    /**
     * Connects to a host's firewalld, if it runs one.
     *
     * @throws BusException if its bus refuses us or hangs
     */
    static Optional<Firewalld> find(Host host) {
        Path socket = host.path(BUS).resolve("system_bus_socket");
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        SystemBus bus = SystemBus.open(socket);
        try {
            if (bus.isThere(NAME)) {
                return Optional.of(new Firewalld(bus));
            }
        } catch (BusException e) {
            bus.close();
            throw e;
        }
        bus.close();
        return Optional.empty();
    }

    /**
     * What a host's firewalld answers; empty where none runs.
     *
     * @throws BusException if its bus refuses us or hangs
     */
    static <T> Optional<T> ask(Host host, Function<Firewalld, T> question) {
        Optional<Firewalld> found = find(host);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Firewalld firewalld = found.get()) {
            return Optional.of(question.apply(firewalld));
        }
    }

    /** Tells a host's firewalld something, where one runs; as {@link #ask}. */
    static void tell(Host host, Consumer<Firewalld> order) {
        ask(host, firewalld -> {
            order.accept(firewalld);
            return true;
        });
    }

    /** Puts an address into a zone; whether it was not there already. */
    boolean add(String zone, IpPrefix source) {
        return run("addSource", zone, source.toString(), List.of("ZONE_ALREADY_SET"));
    }

    /** Takes an address out of a zone; no error if it is not there, or the zone is not. */
    void remove(String zone, IpPrefix source) {
        run("removeSource", zone, source.toString(), List.of("UNKNOWN_SOURCE", "ZONE_CONFLICT", "INVALID_ZONE"));
    }

    /** Whether an address is in a zone. */
    boolean has(String zone, IpPrefix source) {
        return bus.ask(call("querySource", zone, source.toString()));
    }

    /** Puts an interface into a zone; whether it is in no other one, where it would stay. */
    boolean addInterface(String zone, String name) {
        return run("addInterface", zone, name, List.of("ZONE_CONFLICT"));
    }

    /** Takes an interface out of a zone; no error if it is not there. */
    void removeInterface(String zone, String name) {
        run("removeInterface", zone, name, List.of("UNKNOWN_INTERFACE", "ZONE_CONFLICT"));
    }

    /** Whether an interface is in a zone. */
    boolean hasInterface(String zone, String name) {
        return bus.ask(call("queryInterface", zone, name));
    }

    /**
     * Whether it lets through only those translated connections that it was told of itself, whatever others accept:
     * StrictForwardPorts of firewalld.conf(5), since 2.3.0.
     */
    boolean isStrict() {
        try {
            return bus.property(NAME, OBJECT + "/config", NAME + ".config", "StrictForwardPorts")
                    .equalsIgnoreCase("yes");
        } catch (BusException e) {
            if (e.text().isEmpty()) {
                throw e;
            }
            // Earlier releases refuse to tell of a property that they do not have.
            return false;
        }
    }

    @Override
    public void close() {
        bus.close();
    }

    /** Whether it was done; not for a reason that is harmless. */
    private boolean run(String method, String zone, String member, List<String> harmless) {
        try {
            bus.tell(call(method, zone, member));
            return true;
        } catch (BusException e) {
            if (harmless.stream().noneMatch(code -> e.text().startsWith(code))) {
                throw e;
            }
            return false;
        }
    }

    private static BusCall call(String method, String zone, String member) {
        return new BusCall(NAME, OBJECT, NAME + ".zone", method, List.of(zone, member));
    }
}
