package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.cni.AttachmentId;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one folder's leases said when they were last read. The folder's time of change tells whether somebody else made
 * or removed a file since. Kernels before 6.13 count that time in ticks, so a change in the tick of ours may be missed:
 * therefore what is read here is verified against the file before a lease is removed or an attachment refused, and the
 * files' names are compared before a set is called exhausted. For whoever holds {@link #lock()} and the folder's lock.
 */
final class LeaseIndex {
    private static final String UNREADABLE = "";

    private final ReentrantLock lock = new ReentrantLock();
    private final BootMark mark;
    private final Map<IpAddress, String> owners = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Set<IpAddress>> addresses = new HashMap<>();
    private final Map<Integer, Optional<IpAddress>> last = new HashMap<>();
    private Optional<FileTime> seen = Optional.empty();

    LeaseIndex(BootMark mark) {
        this.mark = mark;
    }

    /** Keeps threads of this process apart; the folder's lock keeps processes apart. */
    ReentrantLock lock() {
        return lock;
    }

    BootMark mark() {
        return mark;
    }

    boolean isTaken(IpAddress address) {
        return owners.containsKey(address);
    }

    List<IpAddress> heldBy(String owner) {
        return addresses.getOrDefault(owner, Set.of()).stream().sorted().toList();
    }

    /** The address given last out of a set; whoever gives one also makes a lease, and then the folder is read anew. */
    Optional<IpAddress> last(int set, LeaseFiles files) {
        return last.computeIfAbsent(set, files::last);
    }

    void putLast(int set, IpAddress address) {
        last.put(set, Optional.of(address));
    }

    /** All leases by address. */
    Map<IpAddress, String> all() {
        return new TreeMap<>(owners);
    }

    /** Every address that the attachment holds, by a file of today's form or of old ones. */
    List<IpAddress> heldBy(AttachmentId owner) {
        Set<IpAddress> held = new HashSet<>(heldBy(LeaseText.of(owner)));
        held.addAll(heldBy(owner.containerId().value()));
        return held.stream().sorted().toList();
    }

    void put(IpAddress address, String owner) {
        owners.put(address, owner);
        names.add(address.toString());
        addresses.computeIfAbsent(owner, any -> new HashSet<>()).add(address);
    }

    void remove(IpAddress address) {
        names.remove(address.toString());
        String owner = owners.remove(address);
        if (owner != null) {
            addresses.computeIfPresent(owner, (any, held) -> {
                held.remove(address);
                return held.isEmpty() ? null : held;
            });
        }
    }

    /** Forgets everything: the folder is read again before the next use. */
    void invalidate() {
        seen = Optional.empty();
    }

    /** Takes note that the index says what the folder holds now. */
    void confirm(LeaseFiles files) throws IOException {
        seen = Optional.of(Files.getLastModifiedTime(files.folder()));
    }

    /** Reads the folder unless nothing has changed in it. */
    void refresh(LeaseFiles files) throws IOException {
        if (seen.isEmpty() || !seen.get().equals(Files.getLastModifiedTime(files.folder()))) {
            scan(files);
        }
    }

    /** Reads the folder if the names in it are not the known ones; whether it did. */
    boolean recheck(LeaseFiles files) {
        boolean isStale = !files.hasExactly(names);
        if (isStale) {
            scan(files);
        }
        return isStale;
    }

    /** Reads the folder, and frees what nobody can own: leases of an earlier boot, and what a crash left half made. */
    void scan(LeaseFiles files) {
        owners.clear();
        names.clear();
        addresses.clear();
        last.clear();
        files.deleteDraft();
        for (IpAddress address : files.list()) {
            Optional<String> owner = keep(files, address);
            owner.ifPresent(text -> put(address, text));
        }
    }

    private Optional<String> keep(LeaseFiles files, IpAddress address) {
        String owner;
        try {
            owner = files.read(address);
        } catch (LinuxException e) {
            return Optional.of(UNREADABLE);
        }
        BootMark.Verdict verdict = mark.judge(files.path(address));
        if (owner.isEmpty() || verdict == BootMark.Verdict.EARLIER_BOOT) {
            files.delete(address);
            return Optional.empty();
        }
        if (verdict == BootMark.Verdict.UNMARKED) {
            files.putMark(address);
        }
        return Optional.of(owner);
    }
}
