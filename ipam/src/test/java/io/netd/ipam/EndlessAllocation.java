package io.netd.ipam;

import io.netd.cni.AttachmentId;
import io.netd.cni.NetworkName;
import java.nio.file.Path;

/** A program that allocates and releases until it is killed; its arguments are a folder and a prefix of containers. */
final class EndlessAllocation {
    private EndlessAllocation() {}

    public static void main(String[] args) {
        HostLocalStore store = new LeaseStores().open(Path.of(args[0]), new NetworkName("n"));
        IpamConfig config = IpamConfigTest.ipam("'ranges':[[{'subnet':'10.1.0.0/16'}],[{'subnet':'fd00::/64'}]]");
        for (long i = 0; ; i++) {
            AttachmentId id = AttachmentId.of(args[1] + i, "eth0");
            store.allocate(config, id);
            store.release(id);
        }
    }
}
