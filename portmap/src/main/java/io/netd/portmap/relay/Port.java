package io.netd.portmap.relay;

import io.netd.linux.net.HeldSocket;

/** A held socket that is relayed. On the relay's thread, or while that waits for its turn. */
interface Port extends Watched {
    /** From now on what arrives goes there. */
    void leadTo(Destination destination);

    /** What goes through it goes on through another socket, which holds the same port and hears. */
    void moveTo(HeldSocket other);

    /** From now on who comes is turned away, and who is there. */
    void refuse();
}
