package io.netd.ipam;

import io.netd.address.IpAddress;
import java.util.Optional;

/**
 * A held address and its holder as the file says; the interface is absent in files of old versions of host-local, and
 * the container is empty when the file could not be read.
 */
public record Lease(IpAddress address, String containerId, Optional<String> ifName) {}
