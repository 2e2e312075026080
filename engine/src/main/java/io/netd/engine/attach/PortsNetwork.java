package io.netd.engine.attach;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.engine.journal.Attachment;
import io.netd.firewall.BridgeNetwork;
import io.netd.portmap.PortRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an attachment's network has to do with the ports that are published of it. Any thread. */
public interface PortsNetwork {
    /** The network that decides how the attachment is reached, if one does. */
    Optional<BridgeNetwork> rules(Attachment attachment);

    /** Where ports are published that name no address; empty for everywhere. */
    Optional<IpAddress> binding(Attachment attachment);

    /** The families of which the network has the rules that all its published ports share. */
    Set<IpFamily> sharing(Attachment attachment);

    /**
     * Refuses in Docker's words what would need rules that are not to be written.
     *
     * @throws RuntimeException with the sentence for the user
     */
    void requireRules(Attachment attachment, List<PortRequest> wanted);
}
