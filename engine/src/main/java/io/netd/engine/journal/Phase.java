package io.netd.engine.journal;

/** How far a plugin's part of an attachment has come. */
public enum Phase {
    /** Its traces are being made; after a crash they are reverted. */
    ADDING,
    /** It is there. */
    ADDED,
    /** Its traces are being reverted; after a crash that goes on. */
    DELETING
}
