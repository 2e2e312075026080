package io.netd.portmap;

import io.netd.address.Protocol;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private final Map<Slot, List<Claim>> slots = new HashMap<>();
    private final Map<String, Set<Claim>> owners = new HashMap<>();
    private final Map<Protocol, Integer> chosen = new EnumMap<>(Protocol.class);

    /**
     * Enters all mappings for the owner besides what it has, or none.
     *
     * @throws PortTakenException in Docker's words, naming the present owner
     */
    public synchronized void claim(PortOwner owner, List<PortMapping> mappings) {
        List<Claim> claimed = new ArrayList<>();
        for (PortMapping mapping : mappings) {
            Optional<Claim> held = holder(mapping);
            if (held.isPresent()) {
                claimed.forEach(this::remove);
                throw new PortTakenException("Bind for " + mapping.hostSocket()
                        + " failed: port is already allocated by "
                        + held.get().owner().label() + " ("
                        + held.get().mapping() + ")");
            }
            claimed.add(add(owner, mapping));
        }
    }

    /** Enters all mappings for the owner, or none; whether they are. */
    synchronized boolean tryClaim(PortOwner owner, List<PortMapping> mappings) {
        if (mappings.stream().anyMatch(mapping -> holder(mapping).isPresent())) {
            return false;
        }
        mappings.forEach(mapping -> add(owner, mapping));
        return true;
    }

    /** Enters mappings that are known to exist in place of what the owner has, whatever else the table says. */
    public synchronized void enter(PortOwner owner, List<PortMapping> mappings) {
        release(owner.key());
        mappings.forEach(mapping -> add(owner, mapping));
    }

    /** Forgets some mappings of an owner. */
    synchronized void release(PortOwner owner, List<PortMapping> mappings) {
        mappings.forEach(mapping -> remove(new Claim(owner, mapping)));
    }

    /** Forgets everything of an owner; an unknown one is fine. */
    public synchronized void release(String ownerKey) {
        Set<Claim> claims = owners.get(ownerKey);
        if (claims != null) {
            List.copyOf(claims).forEach(this::remove);
        }
    }

    /** The mappings of one owner. */
    public synchronized List<PortMapping> of(String ownerKey) {
        return owners.getOrDefault(ownerKey, Set.of()).stream()
                .map(Claim::mapping)
                .toList();
    }

    /** The port that was chosen last; 0 for none. */
    synchronized int lastChosen(Protocol protocol) {
        return chosen.getOrDefault(protocol, 0);
    }

    /** Takes down that a port was chosen. */
    synchronized void choose(Protocol protocol, int port) {
        chosen.put(protocol, port);
    }

    private Claim add(PortOwner owner, PortMapping mapping) {
        Claim claim = new Claim(owner, mapping);
        slots.computeIfAbsent(Slot.of(mapping), slot -> new ArrayList<>(2)).add(claim);
        owners.computeIfAbsent(owner.key(), key -> new LinkedHashSet<>()).add(claim);
        return claim;
    }

    private void remove(Claim claim) {
        slots.computeIfPresent(Slot.of(claim.mapping()), (slot, list) -> {
            list.remove(claim);
            return list.isEmpty() ? null : list;
        });
        owners.computeIfPresent(claim.owner().key(), (key, claims) -> {
            claims.remove(claim);
            return claims.isEmpty() ? null : claims;
        });
    }

    private Optional<Claim> holder(PortMapping mapping) {
        return slots.getOrDefault(Slot.of(mapping), List.of()).stream()
                .filter(claim -> claim.mapping().collidesWith(mapping))
                .findFirst();
    }
}
