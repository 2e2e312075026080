package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.cni.AttachmentId;
import java.util.Optional;

/** What host-local writes into a lease's file: the container, a line break of DOS, the interface. */
final class LeaseText {
    private static final String BREAK = "\r\n";

    private LeaseText() {}

    static String of(AttachmentId owner) {
        return owner.containerId() + BREAK + owner.ifName();
    }

    static Lease lease(IpAddress address, String text) {
        int at = text.indexOf(BREAK);
        return at < 0
                ? new Lease(address, text, Optional.empty())
                : new Lease(address, text.substring(0, at), Optional.of(text.substring(at + BREAK.length())));
    }
}
