package io.netd.engine.journal;

import java.nio.charset.StandardCharsets;

/**
 * An entry of an attachment got a phase further.
 *
 * @param entry its place in the attachment, from 0
 * @param phase the phase that begins
 */
record Step(int entry, Phase phase) {
    /** As a line of JSON; there is nothing in it that would have to be quoted. */
    byte[] line() {
        return ("{\"entry\":" + entry + ",\"phase\":\"" + phase + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    }
}
