package io.netd.plugins.bandwidth;

import io.netd.address.MacAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.ContainerId;
import io.netd.cni.NetworkConfig;
import io.netd.cni.NetworkName;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The device that a container's traffic takes on its way out, under the reference plugin's name for it. The attachment is
 * written on it, so that GC can tell whose it is.
 */
record Ifb(String name, MacAddress mac, AttachmentId owner) {
    private static final String PREFIX = "bwp";
    private static final int NAME_LENGTH = 15;

    static Ifb of(NetworkName network, AttachmentId owner) {
        return new Ifb(name(network, owner.containerId()), MacAddress.randomLocal(), owner);
    }

    /** The name for a container's device on a network, whichever interface it is for. */
    static String name(NetworkName network, ContainerId container) {
        byte[] text = (network.value() + container.value()).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(text);
            return (PREFIX + HexFormat.of().formatHex(hash)).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }

    IfbTrace trace() {
        return new IfbTrace(name, mac);
    }

    /** As the reference plugin describes it. */
    CniInterface described() {
        return new CniInterface(
                name, Optional.of(mac), OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Makes it and returns its index. */
    int make(Host host, int mtu) {
        return host.route().links().addIfb(name, mac, mtu, owner.toString()).index();
    }

    /** The device of an attachment that nobody wrote down, unless it is another attachment's. */
    static List<IfbTrace> find(NetworkName network, AttachmentId owner, Host host) {
        return host
                .route()
                .links()
                .byName(name(network, owner.containerId()))
                .filter(Ifb::isIfb)
                .filter(link -> link.alias().map(owner.toString()::equals).orElse(true))
                .flatMap(Ifb::trace)
                .stream()
                .toList();
    }

    /** Devices of this network's attachments that are not in the configuration's valid list. */
    static List<IfbTrace> abandoned(NetworkConfig config, Host host) {
        return host.route().links().list().stream()
                .filter(Ifb::isIfb)
                .filter(link -> owner(link, config.name())
                        .filter(owner -> !config.validAttachments().contains(owner))
                        .isPresent())
                .flatMap(link -> trace(link).stream())
                .toList();
    }

    /** Whom a device of this network was made for. */
    private static Optional<AttachmentId> owner(Link link, NetworkName network) {
        String alias = link.alias().orElse("");
        int slash = alias.lastIndexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(AttachmentId.of(alias.substring(0, slash), alias.substring(slash + 1)))
                    .filter(owner -> name(network, owner.containerId()).equals(link.name()));
        } catch (CniException e) {
            return Optional.empty();
        }
    }

    private static boolean isIfb(Link link) {
        return link.kind().equals("ifb");
    }

    private static Optional<IfbTrace> trace(Link link) {
        return link.mac().map(mac -> new IfbTrace(link.name(), mac));
    }
}
