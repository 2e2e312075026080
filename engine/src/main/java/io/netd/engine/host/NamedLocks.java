package io.netd.engine.host;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Locks by name; a name costs nothing while nobody is inside. */
final class NamedLocks {
    private final Set<String> taken = new HashSet<>();

    <T> T alone(String name, Supplier<T> body) {
        take(name);
        try {
            return body.get();
        } finally {
            give(name);
        }
    }

    private synchronized void take(String name) {
        boolean interrupted = false;
        while (!taken.add(name)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void give(String name) {
        taken.remove(name);
        notifyAll();
    }
}
