package io.netd.engine;

import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Makes three bridges, each with a trace before it; a test may interfere before and after each deed. */
final class StepPlugin implements Plugin {
    static final int STEPS = 3;

    private static final ConcurrentHashMap<String, Consumer<String>> HOOKS = new ConcurrentHashMap<>();
    private static final List<String> COLLECTED = new CopyOnWriteArrayList<>();

    private final String type;

    StepPlugin(String type) {
        this.type = type;
    }

    /** Runs the hook at every point until it is cleared. */
    static void interfere(Consumer<String> hook) {
        HOOKS.put("hook", hook);
    }

    static void clear() {
        HOOKS.clear();
        COLLECTED.clear();
    }

    /** Whom the plugin was told to keep, for each time that it was to drop what no journal knows. */
    static List<String> collected() {
        return List.copyOf(COLLECTED);
    }

    static void pause(String point) {
        HOOKS.getOrDefault("hook", any -> {}).accept(point);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public AddPlan plan(AddRequest request) {
        return (host, traces) -> {
            for (int i = 0; i < STEPS; i++) {
                StepTrace trace = new StepTrace(request.id().value() + "-" + type + i);
                pause("before trace " + i);
                traces.leave(trace);
                pause("after trace " + i);
                host.route().links().addBridge(trace.link(), Optional.empty(), 0);
                pause("after deed " + i);
            }
            CniAddress address = new CniAddress(IpPrefix.parse("10.9.8.7/24"), Optional.empty(), OptionalInt.empty());
            return request.config().prevResult().orElse(CniResult.EMPTY).withAddresses(List.of(address));
        };
    }

    @Override
    public void check(CheckRequest request, Host host) {}

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return List.of(new StepTrace(request.id().value() + "-" + type + "0"));
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        pause("collect");
        COLLECTED.add(config.validAttachments().toString());
    }

    @Override
    public List<Class<? extends Trace>> traceTypes() {
        return List.of(StepTrace.class);
    }
}
