package io.netd.linux.fs;

/** What a written file must survive. */
public enum Durability {
    /** The death of this process; enough on a tmpfs, which does not survive more itself. */
    TMPFS,
    /** A power cut too. */
    FSYNC
}
