package io.netd.portmap;

import io.netd.address.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which host port of one host, by netd's own books. The wildcard address and a specific one of its family exclude
 * each other; distinct specific addresses may share a number; the protocols are independent. Safe for any thread.
 */
public final class PortTable {
    private record Claim(PortOwner owner, PortMapping mapping) {}

    private record Slot(Protocol protocol, int port) {
        static Slot of(PortMapping mapping) {
            return new Slot(mapping.protocol(), mapping.hostPort());
        }
    }

    private final Map<Slot, List<Claim>> slots = new LinkedHashMap<>();
    private final Map<String, List<Claim>> owners = new LinkedHashMap<>();

    /**
     * Enters all mappings for the owner, or none.
     *
     * @throws PortTakenException in Docker's words, naming the present owner
     */
    public synchronized void claim(PortOwner owner, List<PortMapping> mappings) {
        for (PortMapping mapping : mappings) {
            Optional<Claim> held = holder(owner, mapping);
            if (held.isPresent()) {
                throw new PortTakenException("Bind for " + mapping.hostSocket()
                        + " failed: port is already allocated by "
                        + held.get().owner().label() + " ("
                        + held.get().mapping() + ")");
            }
        }
        enter(owner, mappings);
    }

    /** Enters mappings that are known to exist, whatever else the table says. */
    public synchronized void enter(PortOwner owner, List<PortMapping> mappings) {
        release(owner.key());
        for (PortMapping mapping : mappings) {
            Claim claim = new Claim(owner, mapping);
            slots.computeIfAbsent(Slot.of(mapping), slot -> new ArrayList<>()).add(claim);
            owners.computeIfAbsent(owner.key(), key -> new ArrayList<>()).add(claim);
        }
    }

    /** Forgets everything of an owner; an unknown one is fine. */
    public synchronized void release(String ownerKey) {
        List<Claim> claims = owners.remove(ownerKey);
        if (claims == null) {
            return;
        }
        for (Claim claim : claims) {
            Slot slot = Slot.of(claim.mapping());
            slots.computeIfPresent(slot, (key, list) -> {
                list.remove(claim);
                return list.isEmpty() ? null : list;
            });
        }
    }

    /** Who has the port that this mapping wants, somebody other than the asking owner. */
    public synchronized Optional<PortOwner> holderOf(PortOwner asking, PortMapping mapping) {
        return holder(asking, mapping).map(Claim::owner);
    }

    /** The mappings of one owner. */
    public synchronized List<PortMapping> of(String ownerKey) {
        return owners.getOrDefault(ownerKey, List.of()).stream()
                .map(Claim::mapping)
                .toList();
    }

    private Optional<Claim> holder(PortOwner asking, PortMapping mapping) {
        return slots.getOrDefault(Slot.of(mapping), List.of()).stream()
                .filter(claim -> !claim.owner().key().equals(asking.key()))
                .filter(claim -> claim.mapping().collidesWith(mapping))
                .findFirst();
    }
}
