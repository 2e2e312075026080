package io.netd.plugins.spi.port;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniResult;

/**
 * Whose ports are published after the fact.
 *
 * @param id container and interface
 * @param label what a person calls the container
 * @param result what the attachment's chain answered
 */
public record PortTarget(AttachmentId id, String label, CniResult result) {}
