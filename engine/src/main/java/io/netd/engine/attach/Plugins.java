package io.netd.engine.attach;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.port.PortPublisher;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The plugins by their types. */
public final class Plugins {
    private final Map<String, Plugin> byType;
    private final Optional<PortPublisher> ports;

    /** Of these plugins, each of another type. */
    public Plugins(Collection<Plugin> plugins) {
        byType = plugins.stream()
                .collect(Collectors.toMap(
                        Plugin::type,
                        Function.identity(),
                        (one, other) -> {
                            throw new IllegalArgumentException("two plugins of type " + one.type());
                        },
                        TreeMap::new));
        ports = byType.values().stream()
                .filter(PortPublisher.class::isInstance)
                .map(PortPublisher.class::cast)
                .findFirst();
    }

    /**
     * The plugin of a type.
     *
     * @throws CniException code 7 when there is none
     */
    public Plugin of(String type) {
        Plugin plugin = byType.get(type);
        if (plugin == null) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    "type \"" + type + "\": netd has no such plugin",
                    "known: " + String.join(", ", byType.keySet()));
        }
        return plugin;
    }

    /**
     * The plugin that publishes ports after the fact.
     *
     * @throws CniException when there is none
     */
    PortPublisher ports() {
        return ports.orElseThrow(() -> new CniException(ErrorCode.INTERNAL, "no plugin publishes ports"));
    }

    /** Kinds of traces that only single plugins leave. */
    public List<Class<? extends Trace>> traceTypes() {
        return byType.values().stream()
                .<Class<? extends Trace>>flatMap(plugin -> plugin.traceTypes().stream())
                .toList();
    }
}
