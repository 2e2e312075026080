package io.netd.cni;

/** One interface of one container on one network: what ADD makes and DEL removes. */
public record AttachmentId(ContainerId containerId, InterfaceName ifName) {
    /** Refuses texts that are no container ID or interface name. */
    public static AttachmentId of(String containerId, String ifName) {
        return new AttachmentId(new ContainerId(containerId), new InterfaceName(ifName));
    }

    /** {@code containerId/ifName}. */
    @Override
    public String toString() {
        return containerId + "/" + ifName;
    }
}
