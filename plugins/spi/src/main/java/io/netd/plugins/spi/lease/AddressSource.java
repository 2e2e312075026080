package io.netd.plugins.spi.lease;

import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.List;

/**
 * Where a network's addresses come from: one for each {@code ipam.type}, found by {@link AddressSources}. It keeps no
 * state of its own; what an attachment holds of it is in the traces of an {@link Offer}.
 */
public interface AddressSource {
    /**
     * Turns a request for addresses into a plan. Pure, on the caller's thread.
     *
     * @throws CniException when the {@code ipam} object or the wishes of the caller are wrong
     */
    AddressPlan plan(AddRequest request);

    /**
     * Reads a configuration as {@link #plan} does, without a caller's wishes. As pure as that.
     *
     * @throws CniException when it is wrong
     */
    void read(NetworkConfig config);

    /**
     * Makes sure that the attachment still holds its addresses.
     *
     * @throws CniException when it does not
     */
    void check(CheckRequest request, Host host);

    /** What an attachment that the journal does not know may hold. */
    List<Trace> findTraces(DelRequest request, Host host);

    /**
     * Makes sure that the next attachment would get its addresses; nothing is taken.
     *
     * @throws CniException code 50 when it would not
     */
    void status(NetworkConfig config, Host host);

    /** Frees what attachments of this network hold that are not in the configuration's valid list. */
    void collect(NetworkConfig config, Host host);
}
