package io.netd.plugins.spi;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import java.util.List;

/**
 * One network mode, or one link of a chain. A plugin keeps no state of its own: what it did is in
 * the traces it left, which the engine journals and reverts.
 */
public interface Plugin {
    /** The CNI type, such as {@code bridge}; also the name of its binary. */
    String type();

    /**
     * Turns a request into a plan. Pure: touches neither kernel nor disk, and runs on the caller's
     * thread.
     *
     * @throws CniException when the configuration is wrong
     */
    AddPlan plan(AddRequest request);

    /**
     * Reads a configuration as {@link #plan} does, whatever the chain has made before. As pure as that.
     *
     * @throws CniException when it is wrong
     */
    default void read(NetworkConfig config) {}

    /**
     * Compares reality with the request's previous result, on a kernel worker.
     *
     * @throws CniException when they differ, naming the difference
     */
    void check(CheckRequest request, Host host);

    /**
     * What an attachment that the journal does not know may have left: made by another tool, or by us
     * before the state was lost. Runs on a kernel worker; must not fail because something is gone.
     */
    List<Trace> findTraces(DelRequest request, Host host);

    /**
     * Says whether ADD could be served now, without slow work.
     *
     * @throws CniException code 50 when not
     */
    default void status(NetworkConfig config, Host host) {}

    /**
     * Says whether that is still there which the attachments share, without slow work. Their rules are the engine's to look
     * for.
     *
     * @param attached the results of this plugin's attachments to this network on this host; at least one
     * @throws CniException code 51 when something is missing
     */
    default void requireIntact(NetworkConfig config, List<CniResult> attached, Host host) {}

    /**
     * Drops what belongs to attachments of this network that are not in {@code config}'s valid list
     * and that no journal knows. The engine has already removed those that it does know.
     */
    default void collect(NetworkConfig config, Host host) {}

    /** Which namespace the caller must have put the container in; the engine checks it before anything is done. */
    default Namespaces namespaces() {
        return Namespaces.APART;
    }

    /** Kinds of trace that only this plugin leaves; the journal stores them by their simple name. */
    default List<Class<? extends Trace>> traceTypes() {
        return List.of();
    }
}
