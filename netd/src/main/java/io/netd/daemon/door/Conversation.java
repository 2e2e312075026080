package io.netd.daemon.door;

import io.netd.daemon.frame.Frame;

/** What a connection is about once its CALL has come. On the event loop. */
interface Conversation {
    /** The client said something. */
    void on(Frame frame);

    /** Whether a daemon that stops lets it come to its end. */
    boolean isBrief();

    /** The client has gone. */
    void onGone();
}
