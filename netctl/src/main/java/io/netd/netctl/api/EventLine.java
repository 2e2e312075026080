package io.netd.netctl.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * One event: its address on the bus, what it is about, and its whole payload.
 *
 * @param trace the distributed trace that it belongs to, by W3C's names; empty when there is none
 */
public record EventLine(
        long sequence, Instant time, String address, String subject, JsonNode payload, Map<String, String> trace) {}
