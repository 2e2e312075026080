package io.netd.daemon.door;

/**
 * What a plugin leaves its caller with.
 *
 * @param exitCode 0, or 1 after an error
 * @param output JSON for standard output, empty when there is nothing to say
 * @param errors for standard error: what programs said that ran on the caller's behalf
 */
public record PluginAnswer(int exitCode, byte[] output, byte[] errors) {
    /** With nothing on standard error. */
    public PluginAnswer(int exitCode, byte[] output) {
        this(exitCode, output, new byte[0]);
    }

    /** The same with this on standard error. */
    public PluginAnswer saying(byte[] text) {
        return new PluginAnswer(exitCode, output, text);
    }
}
