package io.netd.ipam;

import static io.netd.linux.sys.Constants.O_CREAT;
import static io.netd.linux.sys.Constants.O_RDONLY;
import static io.netd.linux.sys.Constants.O_WRONLY;

import io.netd.address.IpAddress;
import io.netd.linux.fs.SmallFiles;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one network's folder, in host-local's layout; all under the folder's lock:
 *
 * <pre>
 * 10.1.2.3             a lease: container, CR LF, interface
 * last_reserved_ip.0   the address given last out of set 0
 * lock                 the lock, by flock(2)
 * .netd-draft          a lease about to get its name; whoever finds one removes it
 * </pre>
 *
 * A lease appears under its name with its content or not at all: a file without an owner would never be released.
 */
record LeaseFiles(Path folder, BootMark mark) {
    static final String LOCK = "lock";
    private static final String DRAFT = ".netd-draft";
    private static final String LAST = "last_reserved_ip.";
    private static final int READABLE = 0644;
    private static final int MAX_TEXT = 4096;

    Path path(IpAddress address) {
        return folder.resolve(address.toString());
    }

    /** The addresses that have a file. */
    List<IpAddress> list() {
        List<IpAddress> addresses = new ArrayList<>();
        for (String name : names()) {
            IpAddress.read(name).ifPresent(addresses::add);
        }
        return addresses;
    }

    /** Whether exactly these names belong to addresses; cheaper than {@link #list()}. */
    boolean hasExactly(Set<String> known) {
        int count = 0;
        for (String name : names()) {
            if (known.contains(name)) {
                count++;
            } else if (IpAddress.read(name).isPresent()) {
                return false;
            }
        }
        return count == known.size();
    }

    private String[] names() {
        String[] names = folder.toFile().list();
        return names == null ? new String[0] : names;
    }

    /** The owner's text; empty when the file is gone or holds nothing. */
    String read(IpAddress address) {
        return text(path(address)).orElse("");
    }

    /** Makes a lease of each address, or of none: false when one of them has a file already. */
    boolean create(Collection<IpAddress> addresses, String owner) {
        Path draft = folder.resolve(DRAFT);
        List<Path> made = new ArrayList<>();
        try {
            write(draft, owner);
            for (IpAddress address : addresses) {
                if (!SmallFiles.link(draft, path(address))) {
                    return false;
                }
                made.add(path(address));
            }
            made.clear();
            return true;
        } finally {
            made.forEach(SmallFiles::remove);
            SmallFiles.remove(draft);
        }
    }

    /** Marks a lease that has no mark yet. */
    void putMark(IpAddress address) {
        try (Fd file = Fd.open(path(address), O_RDONLY)) {
            mark.put(file);
        }
    }

    void delete(IpAddress address) {
        SmallFiles.remove(path(address));
    }

    void deleteDraft() {
        SmallFiles.remove(folder.resolve(DRAFT));
    }

    Optional<IpAddress> last(int set) {
        try {
            return text(folder.resolve(LAST + set)).flatMap(IpAddress::read);
        } catch (LinuxException e) {
            // Losing one's place in the round is no reason to refuse an address; host-local does the same.
            return Optional.empty();
        }
    }

    /** Written over in place: emptying a file first makes ext4 flush it. Half of it only loses the place in the round. */
    void writeLast(int set, IpAddress address) {
        byte[] text = address.toString().getBytes(StandardCharsets.US_ASCII);
        try (Fd file = Fd.open(folder.resolve(LAST + set), O_WRONLY | O_CREAT, READABLE)) {
            file.write(text);
            file.truncate(text.length);
        }
    }

    private void write(Path draft, String owner) {
        try (Fd file = newDraft(draft)) {
            file.writeAll(owner.getBytes(StandardCharsets.UTF_8));
            mark.put(file);
        }
    }

    private static Fd newDraft(Path draft) {
        try {
            return SmallFiles.create(draft, READABLE);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            // Never written over: the leftover may be a second name of a lease.
            SmallFiles.remove(draft);
            return SmallFiles.create(draft, READABLE);
        }
    }

    private static Optional<String> text(Path file) {
        return SmallFiles.read(file, MAX_TEXT).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }
}
