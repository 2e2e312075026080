package io.netd.linux.net;

import io.netd.address.IpAddress;

/**
 * One end of a flow.
 *
 * @param port 0 to 65535
 */
public record Endpoint(IpAddress address, int port) {}
