package io.netd.portmap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The published ports that could not be bound again, until their owner gives them back. Safe for any thread. */
final class UnheldPorts {
    private record Unheld(PortOwner owner, List<PortMapping> mappings) {}

    private final Map<String, Unheld> owners = new HashMap<>();

    /** Takes down all that an owner lacks, in place of what it lacked before. */
    synchronized void enter(PortOwner owner, List<PortMapping> unheld) {
        if (unheld.isEmpty()) {
            owners.remove(owner.key());
        } else {
            owners.put(owner.key(), new Unheld(owner, List.copyOf(unheld)));
        }
    }

    /** Forgets some mappings of an owner. */
    synchronized void release(PortOwner owner, List<PortMapping> mappings) {
        Unheld unheld = owners.get(owner.key());
        if (unheld != null) {
            List<PortMapping> left = new ArrayList<>(unheld.mappings());
            left.removeAll(mappings);
            enter(unheld.owner(), left);
        }
    }

    /** Forgets all of an owner; an unknown one is fine. */
    synchronized void release(String ownerKey) {
        owners.remove(ownerKey);
    }

    /** One of each socket that should be there, with the process that has it now. */
    List<UnheldPort> with(PortUsers users) {
        return all().stream()
                .flatMap(unheld -> HostSocket.of(unheld.mappings()).stream()
                        .map(socket -> UnheldPort.of(unheld.owner(), socket, users)))
                .toList();
    }

    private synchronized List<Unheld> all() {
        return List.copyOf(owners.values());
    }
}
