package io.netd.engine.journal;

import io.netd.cni.AttachmentId;
import io.netd.plugins.spi.HostKey;

/** One interface of one container of one host. */
public record AttachmentKey(HostKey host, AttachmentId id) {
    /** For messages: {@code container/interface}. */
    @Override
    public String toString() {
        return id.toString();
    }
}
