package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.linux.fs.FileLock;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The leases of one network on disk, shared with the reference plugin host-local: either may release what the other has
 * allocated, both hold one lock. For any thread; each call waits for the lock up to 10 s. Killed at any instruction it
 * leaves whole leases with an owner, and nothing that blocks the next caller.
 *
 * <p>All methods throw {@link CniException}: code 5 when the folder cannot be read or written, 11 when the lock is not to
 * be had.
 */
public final class HostLocalStore {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LeaseStores stores;
    private final Path folder;

    HostLocalStore(LeaseStores stores, Path folder) {
        this.stores = stores;
        this.folder = folder;
    }

    /**
     * Gives the attachment one address out of each of the configuration's range sets, or none at all.
     *
     * @throws CniException code 100 when the attachment holds one already; and as {@link Allocator#choose} says
     */
    public Allocation allocate(IpamConfig config, AttachmentId owner) {
        return allocate(config, owner, Function.identity());
    }

    /**
     * The same, with an action that is told the choice before any of it is written: the place to journal the deed. It is
     * told another choice when somebody writes without the lock, and nothing for an attachment that holds an address
     * already, whose lease an undo would take away.
     *
     * @return what the action made of the choice that was written
     */
    public <T> T allocate(IpamConfig config, AttachmentId owner, Function<Allocation, T> beforeWriting) {
        return locked((files, index) -> {
            Allocating allocating = new Allocating(files, index, config);
            allocating.requireNone(owner);
            return allocating.allocate(owner, beforeWriting);
        });
    }

    /**
     * Makes sure that the next container would get its addresses.
     *
     * @throws CniException with code 50 when a range set is exhausted
     */
    public void requireAvailable(IpamConfig config) {
        ifPresent(List.of(), (files, index) -> {
            try {
                return new Allocating(files, index, config).choose();
            } catch (CniException e) {
                throw e.code() == ErrorCode.TRY_LATER
                        ? new CniException(ErrorCode.NOT_AVAILABLE, String.valueOf(e.getMessage()), e)
                        : e;
            }
        });
    }

    /** Frees whatever the attachment holds; whether that was anything. */
    public boolean release(AttachmentId owner) {
        return ifPresent(false, (files, index) -> {
            boolean isReleased = remove(files, index, LeaseText.of(owner));
            if (!isReleased && index.recheck(files)) {
                isReleased = remove(files, index, LeaseText.of(owner));
            }
            return isReleased || remove(files, index, owner.containerId().value());
        });
    }

    /** Frees what belongs to none of the attachments, and says what was freed. */
    public List<Lease> releaseAllExcept(Collection<AttachmentId> valid) {
        Collection<String> kept = valid.stream()
                .flatMap(id -> List.of(LeaseText.of(id), id.containerId().value()).stream())
                .collect(Collectors.toSet());
        return ifPresent(List.of(), (files, index) -> {
            index.scan(files);
            List<Lease> released = new ArrayList<>();
            for (Map.Entry<IpAddress, String> lease : index.all().entrySet()) {
                if (!lease.getValue().isEmpty() && !kept.contains(lease.getValue())) {
                    files.delete(lease.getKey());
                    index.remove(lease.getKey());
                    released.add(LeaseText.lease(lease.getKey(), lease.getValue()));
                }
            }
            return released;
        });
    }

    /** The addresses that the attachment holds, in order. */
    public List<IpAddress> heldBy(AttachmentId owner) {
        return ifPresent(List.of(), (files, index) -> {
            index.recheck(files);
            return index.heldBy(owner);
        });
    }

    /** Every lease, in the order of addresses. */
    public List<Lease> reserved() {
        return ifPresent(List.of(), (files, index) -> {
            index.recheck(files);
            return index.all().entrySet().stream()
                    .map(lease -> LeaseText.lease(lease.getKey(), lease.getValue()))
                    .toList();
        });
    }

    private static boolean remove(LeaseFiles files, LeaseIndex index, String owner) {
        boolean isRemoved = false;
        for (IpAddress address : index.heldBy(owner)) {
            if (files.read(address).equals(owner)) {
                files.delete(address);
                isRemoved = true;
            }
            index.remove(address);
        }
        return isRemoved;
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(LeaseFiles files, LeaseIndex index);
    }

    private <T> T ifPresent(T otherwise, Work<T> work) {
        return Files.isDirectory(folder) ? locked(work) : otherwise;
    }

    private <T> T locked(Work<T> work) {
        try {
            LeaseIndex index = index();
            index.lock().lock();
            try {
                return exclusively(index, work);
            } finally {
                index.lock().unlock();
            }
        } catch (IOException | LinuxException e) {
            throw failure(e);
        }
    }

    /** The folder is nearly always there, and asking for it costs more than using it. */
    private LeaseIndex index() throws IOException {
        try {
            return stores.index(folder);
        } catch (NoSuchFileException e) {
            return stores.index(Files.createDirectories(folder));
        }
    }

    private <T> T exclusively(LeaseIndex index, Work<T> work) throws IOException {
        LeaseFiles files = new LeaseFiles(folder, index.mark());
        FileLock held = lock();
        try {
            index.refresh(files);
            index.invalidate();
            T done = work.on(files, index);
            index.confirm(files);
            return done;
        } finally {
            held.close();
        }
    }

    private FileLock lock() {
        try {
            return FileLock.acquire(folder.resolve(LeaseFiles.LOCK), PATIENCE);
        } catch (LinuxException e) {
            throw new CniException(
                    e.errno() == Errno.EAGAIN ? ErrorCode.TRY_LATER : ErrorCode.IO_FAILURE,
                    "leases in " + folder + ": " + e.getMessage(),
                    e);
        }
    }

    private CniException failure(Exception e) {
        return new CniException(ErrorCode.IO_FAILURE, "leases in " + folder + ": " + e, e);
    }
}
