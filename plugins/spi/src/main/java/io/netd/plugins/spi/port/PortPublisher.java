package io.netd.plugins.spi.port;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.Publishing;
import java.util.List;

/** A plugin that publishes ports of an attachment which is there already, and takes single ones back. On a kernel worker. */
public interface PortPublisher {
    /**
     * Publishes all of them or, when it throws, whatever the traces say.
     *
     * @param wanted in the order of the answer
     * @param how with which rules
     * @param traces where it writes down what it is about to do
     */
    void publish(PortTarget target, List<PortRequest> wanted, Publishing how, Host host, Traces traces);

    /**
     * Takes back everything of some mappings but their reservation, which is the caller's to give back once the journal
     * has the rest.
     *
     * @param traces those that {@code from} is among
     * @param from what the mappings were published with
     * @return the traces as they are to be journalled now
     */
    List<Trace> withdraw(PortTarget target, List<Trace> traces, PortsTrace from, List<PortMapping> gone, Host host);
}
