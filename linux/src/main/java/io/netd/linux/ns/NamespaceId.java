package io.netd.linux.ns;

/** What tells namespaces apart while they live: two paths lead to one namespace exactly if these are equal. */
public record NamespaceId(long device, long inode) {
    /** {@code inode} as {@code lsns} and {@code /proc/PID/ns} show it. */
    @Override
    public String toString() {
        return "net:[" + inode + "]";
    }
}
