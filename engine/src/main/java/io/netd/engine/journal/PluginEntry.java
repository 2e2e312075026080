package io.netd.engine.journal;

import io.netd.cni.CniResult;
import io.netd.cni.NetworkName;
import io.netd.plugins.spi.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One plugin's part of an attachment.
 *
 * @param type the plugin
 * @param network the network it was asked for
 * @param phase how far it has come
 * @param traces what it left, in order
 * @param result the chain's result up to this plugin; until it is added what that will be, or empty
 */
public record PluginEntry(String type, NetworkName network, Phase phase, List<Trace> traces, CniResult result) {
    public PluginEntry {
        traces = List.copyOf(traces);
    }

    /** An entry at its beginning. */
    public static PluginEntry begin(String type, NetworkName network) {
        return new PluginEntry(type, network, Phase.ADDING, List.of(), CniResult.EMPTY);
    }

    /** Whether it is that plugin's part for that network. */
    public boolean is(String otherType, NetworkName otherNetwork) {
        return type.equals(otherType) && network.equals(otherNetwork);
    }

    /** With more traces after those it has. */
    public PluginEntry leaving(List<? extends Trace> more) {
        List<Trace> all = new ArrayList<>(traces);
        all.addAll(more);
        return new PluginEntry(type, network, phase, all, result);
    }

    /** With other traces. */
    public PluginEntry with(List<Trace> others) {
        return new PluginEntry(type, network, phase, others, result);
    }

    PluginEntry mapTraces(UnaryOperator<Trace> change) {
        return new PluginEntry(type, network, phase, traces.stream().map(change).toList(), result);
    }

    /** With the result that it will have. */
    public PluginEntry expecting(CniResult outcome) {
        return new PluginEntry(type, network, phase, traces, outcome);
    }

    /** The same, a phase further. */
    PluginEntry in(Phase next) {
        return switch (next) {
            case ADDING -> this;
            case ADDED -> added(result);
            case DELETING -> deleting(traces);
        };
    }

    /** Done; what is shared is no longer this attachment's to revert. */
    public PluginEntry added(CniResult outcome) {
        List<Trace> own = traces.stream().filter(trace -> !trace.isShared()).toList();
        return new PluginEntry(type, network, Phase.ADDED, own, outcome);
    }

    /** On its way out, with what is still to be reverted. */
    public PluginEntry deleting(List<Trace> remaining) {
        return new PluginEntry(type, network, Phase.DELETING, remaining, result);
    }
}
