package io.netd.daemon.door;

/** Interrupts one thread while it runs one command, and never what it does after that. */
final class Interruption {
    private final Thread thread;
    private boolean isOver;

    /** Of the calling thread. */
    Interruption() {
        this.thread = Thread.currentThread();
    }

    synchronized void interrupt() {
        if (!isOver) {
            thread.interrupt();
        }
    }

    /** The command is done; called by its thread, which is no longer interrupted then. */
    synchronized void end() {
        isOver = true;
        boolean ignored = Thread.interrupted();
    }
}
