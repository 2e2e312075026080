package io.netd.engine.event;

import java.time.Instant;

/**
 * Something that has happened and is in the journal.
 *
 * @param sequence counts up by one within a run of the engine
 * @param time when it was announced
 * @param address where the bus carries it, such as {@code netd.attachment.added}
 * @param subject what it is about, such as {@code c1/eth0}
 * @param payload details, a record
 * @param trace which trace it belongs to, as the caller had it
 */
public record Event(long sequence, Instant time, String address, String subject, Record payload, TraceContext trace) {}
