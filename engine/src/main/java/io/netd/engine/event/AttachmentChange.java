package io.netd.engine.event;

import java.util.List;

/**
 * Payload of {@code netd.attachment.*}.
 *
 * @param version of this record
 * @param container the container's id
 * @param name what a person calls it
 * @param ifName its interface
 * @param network the network
 * @param plugin which plugin has done its part
 * @param maker {@code netd} or {@code cni}
 * @param addresses the container's addresses with prefix lengths
 * @param reason why, where it is not what somebody asked for; else empty
 */
public record AttachmentChange(
        int version,
        String container,
        String name,
        String ifName,
        String network,
        String plugin,
        String maker,
        List<String> addresses,
        String reason) {
    public AttachmentChange {
        addresses = List.copyOf(addresses);
    }
}
