package io.netd.engine;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Folder;
import io.netd.engine.network.NetworkView;
import io.netd.firewall.UserChain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes netd off our own host without a trace. */
final class Uninstall {
    private static final List<String> FOLDERS = List.of("attachments", "networks", "leases");

    private final Rooms rooms;

    Uninstall(Rooms rooms) {
        this.rooms = rooms;
    }

    CompletionStage<List<String>> run(boolean force) {
        List<Attachment> present = rooms.journal().of(rooms.hosts().ownKey());
        if (!present.isEmpty() && !force) {
            return CompletableFuture.failedFuture(new CniException(
                    ErrorCode.TRY_LATER,
                    "netd has " + present.size() + " attachments: remove their containers first, or use --force"));
        }
        List<String> lines = new ArrayList<>();
        CompletionStage<Boolean> detached = CompletableFuture.completedStage(true);
        for (Attachment attachment : present) {
            lines.add("attachment " + attachment.key());
            detached = detached.thenCompose(
                    done -> rooms.attachments().detach(attachment.key().id(), "uninstall"));
        }
        return detached.thenCompose(done -> rooms.hops().run(HostRef.own(), "start", host -> removeRest(host, lines)));
    }

    private List<String> removeRest(OpenHost host, List<String> lines) {
        for (NetworkView network : rooms.networks().list(host.key())) {
            network.bridge().ifPresent(bridge -> lines.add("network " + network.name() + " on " + bridge.link()));
        }
        rooms.networks().removeAll(host);
        UserChain.leave(host.firewall());
        rooms.settings().giveBack(host).forEach(key -> lines.add("setting " + key));
        for (String folder : FOLDERS) {
            new Folder(rooms.execRoot().resolve(folder)).clear();
            lines.add("state " + rooms.execRoot().resolve(folder));
        }
        return List.copyOf(lines);
    }
}
