package io.netd.ipam;

import io.netd.address.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private static final OpenOption[] NEW = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};

    Path path(IpAddress address) {
        return folder.resolve(address.toString());
    }

    /** The addresses that have a file. */
    List<IpAddress> list() {
        List<IpAddress> addresses = new ArrayList<>();
        for (String name : names()) {
            address(name).ifPresent(addresses::add);
        }
        return addresses;
    }

    /** Whether exactly these names belong to addresses; cheaper than {@link #list()}. */
    boolean hasExactly(Set<String> known) {
        int count = 0;
        for (String name : names()) {
            if (known.contains(name)) {
                count++;
            } else if (address(name).isPresent()) {
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
    String read(IpAddress address) throws IOException {
        try {
            return Files.readString(path(address), StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Makes a lease of each address, or of none: false when one of them has a file already. */
    boolean create(Collection<IpAddress> addresses, String owner) throws IOException {
        Path draft = draft(owner);
        List<Path> made = new ArrayList<>();
        try {
            for (IpAddress address : addresses) {
                Files.createLink(path(address), draft);
                made.add(path(address));
            }
            made.clear();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            for (Path lease : made) {
                Files.deleteIfExists(lease);
            }
            Files.deleteIfExists(draft);
        }
    }

    void delete(IpAddress address) throws IOException {
        Files.deleteIfExists(path(address));
    }

    void deleteDraft() throws IOException {
        Files.deleteIfExists(folder.resolve(DRAFT));
    }

    Optional<IpAddress> last(int set) {
        try {
            return address(Files.readString(folder.resolve(LAST + set), StandardCharsets.ISO_8859_1)
                    .strip());
        } catch (IOException e) {
            // Losing one's place in the round is no reason to refuse an address; host-local does the same.
            return Optional.empty();
        }
    }

    /** Written over in place: emptying a file first makes ext4 flush it. Half of it only loses the place in the round. */
    void writeLast(int set, IpAddress address) throws IOException {
        ByteBuffer text = StandardCharsets.US_ASCII.encode(address.toString());
        try (FileChannel file =
                FileChannel.open(folder.resolve(LAST + set), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int length = text.remaining();
            file.write(text);
            if (file.size() > length) {
                file.truncate(length);
            }
        }
    }

    private Path draft(String owner) throws IOException {
        Path draft = folder.resolve(DRAFT);
        byte[] text = owner.getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(draft, text, NEW);
        } catch (FileAlreadyExistsException e) {
            // Never written over: the leftover may be a second name of a lease.
            Files.delete(draft);
            Files.write(draft, text, NEW);
        }
        mark.put(draft);
        return draft;
    }

    private static Optional<IpAddress> address(String name) {
        if (name.isEmpty() || name.indexOf('.') <= 0 && name.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(IpAddress.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
