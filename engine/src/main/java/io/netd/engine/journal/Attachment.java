package io.netd.engine.journal;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkName;
import io.netd.linux.ns.NamespaceId;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.PortMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the journal holds of one attachment. Plugins of one chain are separate requests of the
 * runtime and become entries here, in their order.
 *
 * @param host where
 * @param container of which container
 * @param ifName which of its interfaces
 * @param origin who asked for it
 * @param netns path of the container's namespace as it was given
 * @param namespace the namespace itself, once it was opened
 * @param since when the first plugin was asked
 * @param entries the plugins
 */
public record Attachment(
        HostKey host,
        ContainerId container,
        InterfaceName ifName,
        Origin origin,
        String netns,
        Optional<NamespaceId> namespace,
        Instant since,
        List<PluginEntry> entries) {
    public Attachment {
        entries = List.copyOf(entries);
    }

    /** Host, container and interface. */
    public AttachmentKey key() {
        return new AttachmentKey(host, new AttachmentId(container, ifName));
    }

    /** With the container's namespace known. */
    public Attachment in(NamespaceId sandbox) {
        return new Attachment(host, container, ifName, origin, netns, Optional.of(sandbox), since, entries);
    }

    /** A plugin's entry. */
    public Optional<PluginEntry> entry(String type, NetworkName network) {
        return entries.stream().filter(entry -> entry.is(type, network)).findFirst();
    }

    /** With another entry at the end. */
    public Attachment with(PluginEntry entry) {
        List<PluginEntry> all = new ArrayList<>(entries);
        all.add(entry);
        return withEntries(all);
    }

    /** With one plugin's entry changed. */
    public Attachment change(PluginEntry which, UnaryOperator<PluginEntry> change) {
        return withEntries(entries.stream()
                .map(entry -> entry.is(which.type(), which.network()) ? change.apply(entry) : entry)
                .toList());
    }

    /** With an entry in the place of the one it was, or at the end. */
    public Attachment put(PluginEntry changed) {
        return entry(changed.type(), changed.network())
                .map(former -> change(former, entry -> changed))
                .orElseGet(() -> with(changed));
    }

    /** One entry a phase further. */
    Attachment advanced(int entry, Phase phase) {
        List<PluginEntry> all = new ArrayList<>(entries);
        all.set(entry, all.get(entry).in(phase));
        return withEntries(all);
    }

    /** One entry with other traces. */
    Attachment spliced(int entry, UnaryOperator<List<Trace>> change) {
        List<PluginEntry> all = new ArrayList<>(entries);
        all.set(entry, all.get(entry).with(change.apply(all.get(entry).traces())));
        return withEntries(all);
    }

    /** Where a plugin's entry stands, from 0. */
    int place(PluginEntry which) {
        int place = 0;
        while (!entries.get(place).is(which.type(), which.network())) {
            place++;
        }
        return place;
    }

    /** Without one plugin's entry. */
    public Attachment without(PluginEntry which) {
        return withEntries(entries.stream()
                .filter(entry -> !entry.is(which.type(), which.network()))
                .toList());
    }

    /** The result of the last plugin that is done. */
    public CniResult result() {
        return entries.stream()
                .filter(entry -> entry.phase() == Phase.ADDED)
                .reduce((first, second) -> second)
                .map(PluginEntry::result)
                .orElse(CniResult.EMPTY);
    }

    /** All traces of one kind, in the order they were left. */
    public <T extends Trace> Stream<T> traces(Class<T> kind) {
        return entries.stream()
                .flatMap(entry -> entry.traces().stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** The bridge it is on: in a bridge's result that comes first. */
    public Optional<String> bridge() {
        boolean isBridged = entries.stream().anyMatch(entry -> entry.type().equals("bridge"));
        return isBridged
                ? result().interfaces().stream().map(CniInterface::name).findFirst()
                : Optional.empty();
    }

    /** What is published of it. */
    public List<PortMapping> ports() {
        return PortsTrace.latest(traces(PortsTrace.class)).stream()
                .flatMap(trace -> trace.mappings().stream())
                .toList();
    }

    /** With every trace changed. */
    public Attachment mapTraces(UnaryOperator<Trace> change) {
        return withEntries(
                entries.stream().map(entry -> entry.mapTraces(change)).toList());
    }

    private Attachment withEntries(List<PluginEntry> changed) {
        return new Attachment(host, container, ifName, origin, netns, namespace, since, changed);
    }
}
