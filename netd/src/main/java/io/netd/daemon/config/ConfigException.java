package io.netd.daemon.config;

/** The daemon cannot start as it was told to; the message is one line for the user. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and with what. */
    public ConfigException(String message) {
        super(message);
    }
}
