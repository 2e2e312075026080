package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import java.util.List;
import java.util.function.Function;

/** One allocation out of a folder, under its lock. */
record Allocating(LeaseFiles files, LeaseIndex index, IpamConfig config) {
    private static final int MAX_ATTEMPTS = 3;

    /** Refuses an attachment that holds an address of these range sets; what the index says is looked up first. */
    void requireNone(AttachmentId owner) {
        for (IpAddress held : index.heldBy(owner)) {
            if (files.read(held).isEmpty()) {
                index.remove(held);
            } else if (config.sets().stream().anyMatch(set -> set.rangeOf(held).isPresent())) {
                throw new CniException(
                        ErrorCode.ALREADY_ATTACHED,
                        held + " has been allocated to " + owner + ", duplicate allocation is not allowed");
            }
        }
    }

    /** Chooses and writes; again when somebody without the lock was quicker. */
    <T> T allocate(AttachmentId owner, Function<Allocation, T> beforeWriting) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Allocation chosen = new Allocation(choose(), config.routes());
            T made = beforeWriting.apply(chosen);
            if (write(chosen.addresses(), LeaseText.of(owner))) {
                return made;
            }
            index.scan(files);
        }
        throw new CniException(ErrorCode.TRY_LATER, files.folder() + ": somebody writes leases without the lock");
    }

    /** The addresses that are next; a refusal counts only after the folder has been looked at. */
    List<AllocatedAddress> choose() {
        Allocator allocator = new Allocator(index::isTaken, set -> index.last(set, files));
        try {
            return allocator.choose(config);
        } catch (CniException e) {
            if (e.code() != ErrorCode.TRY_LATER || !index.recheck(files)) {
                throw e;
            }
            return allocator.choose(config);
        }
    }

    private boolean write(List<AllocatedAddress> chosen, String owner) {
        List<IpAddress> addresses =
                chosen.stream().map(allocated -> allocated.address().address()).toList();
        if (!files.create(addresses, owner)) {
            return false;
        }
        for (int i = 0; i < addresses.size(); i++) {
            index.put(addresses.get(i), owner);
            if (config.order() == AllocationOrder.ROUND_ROBIN) {
                files.writeLast(i, addresses.get(i));
                index.putLast(i, addresses.get(i));
            }
        }
        return true;
    }
}
