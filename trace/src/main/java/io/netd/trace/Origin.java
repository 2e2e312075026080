package io.netd.trace;

import io.netd.address.IpAddress;
import java.util.Optional;

/** Where the packet is to come from. */
public sealed interface Origin {
    /** What a person calls it. */
    String text();

    /** A program of this host, with a certain one of its addresses or with the one that the kernel chooses. */
    record ThisHost(Optional<IpAddress> source) implements Origin {
        @Override
        public String text() {
            return "this host";
        }
    }

    /** A program in a container, likewise. */
    record FromGuest(Guest guest, Optional<IpAddress> source) implements Origin {
        @Override
        public String text() {
            return guest.toString();
        }
    }

    /** Another host, on the wire that answers to it would go out by. */
    record Elsewhere(IpAddress source) implements Origin {
        @Override
        public String text() {
            return source.toString();
        }
    }
}
