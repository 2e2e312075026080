package io.netd.portmap.relay;

/** A held socket that is relayed. On the relay's thread, or while that waits for its turn. */
interface Port extends Watched {
    /** From now on what arrives goes there. */
    void leadTo(Destination destination);

    /** From now on who comes is turned away, and who is there. */
    void refuse();
}
