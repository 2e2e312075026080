package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.engine.attach.PortsNetwork;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Origin;
import io.netd.engine.journal.PluginEntry;
import io.netd.firewall.BridgeNetwork;
import io.netd.portmap.PortRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What netd's own networks have to do with the published ports of what is attached to them. Any thread. */
public final class AttachedPorts implements PortsNetwork {
    private final NetworkFiles files;
    private final BridgeSettings settings;

    /** Of the networks in these files. */
    public AttachedPorts(NetworkFiles files, BridgeSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    /** Of a network that a user defined and a container of netd's own is connected to. */
    @Override
    public Optional<BridgeNetwork> rules(Attachment attachment) {
        return definition(attachment).map(definition -> definition.rules(settings.access()));
    }

    /** Of other runtimes' as those of the default network. */
    @Override
    public Optional<IpAddress> binding(Attachment attachment) {
        return definition(attachment)
                .map(definition -> definition.settings().binding())
                .orElseGet(settings::binding);
    }

    @Override
    public Set<IpFamily> sharing(Attachment attachment) {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        if (isNetds(attachment)) {
            for (PluginEntry entry : attachment.entries()) {
                files.made()
                        .find(attachment.host(), entry.network().value())
                        .ifPresent(record -> families.addAll(record.sharing()));
            }
        }
        return families;
    }

    /** Of netd's own containers; other runtimes' have the rules that their configuration asks for. */
    @Override
    public void requireRules(Attachment attachment, List<PortRequest> wanted) {
        if (isNetds(attachment)) {
            settings.requireRules(wanted);
        }
    }

    private Optional<NetworkDefinition> definition(Attachment attachment) {
        if (isNetds(attachment)) {
            for (PluginEntry entry : attachment.entries()) {
                Optional<NetworkDefinition> found =
                        files.defined().find(entry.network().value());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNetds(Attachment attachment) {
        return attachment.origin().maker().equals(Origin.NETD);
    }
}
