package io.netd.ipam;

/** Which free address is given next. */
public enum AllocationOrder {
    /** The one after the last that was given, as host-local does: an address rests before it is used again. */
    ROUND_ROBIN,
    /** The lowest, as Docker does. */
    LOWEST_FREE
}
