package io.netd.portmap.relay;

/** Something that is to be continued when one of its descriptors changes. On the relay's thread. */
interface Watched {
    /** Does what can be done without waiting; whether it stopped before that, so that others have their turn. */
    boolean proceed();
}
