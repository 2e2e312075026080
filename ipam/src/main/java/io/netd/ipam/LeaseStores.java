package io.netd.ipam;

import io.netd.cni.NetworkName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens networks' lease folders and remembers what was read from them, so that a daemon does not read every lease for
 * every allocation. One for the whole process; for any thread.
 */
public final class LeaseStores {
    private static final int MAX_REMEMBERED = 1024;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final String bootId;

    /** By device and inode: one folder may be reached by several paths. The longest unused is forgotten. */
    private final Map<Object, LeaseIndex> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, LeaseIndex> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** Stores of this boot. */
    public LeaseStores() {
        this(readBootId());
    }

    LeaseStores(String bootId) {
        this.bootId = bootId;
    }

    /** The leases of a network, in the folder of its name; nothing is made until an address is allocated. */
    public HostLocalStore open(Path dataDir, NetworkName network) {
        return new HostLocalStore(this, dataDir.resolve(network.value()));
    }

    LeaseIndex index(Path folder) throws IOException {
        Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        synchronized (remembered) {
            return remembered.computeIfAbsent(key, any -> new LeaseIndex(new BootMark(bootId)));
        }
    }

    private static String readBootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("read " + BOOT_ID, e);
        }
    }
}
