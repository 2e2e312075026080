package io.netd.portmap.relay;

import java.time.Duration;

/**
 * How much is relayed at a time.
 *
 * @param connections of TCP, of two descriptors each
 * @param clients of UDP ports, of one descriptor each; who has been silent longest gives way to others
 * @param silence after which a client of UDP ports is forgotten
 */
public record Limits(int connections, int clients, Duration silence) {}
