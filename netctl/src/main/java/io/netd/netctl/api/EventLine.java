package io.netd.netctl.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One event: its address on the bus, what it is about, and its whole payload. */
public record EventLine(long sequence, Instant time, String address, String subject, JsonNode payload) {}
