package io.netd.trace;

/**
 * Where and why a packet stopped.
 *
 * @param cause why
 * @param thing what does it: a link, a container, an address, a kernel parameter as sysctl(8) writes it, the words of a rule
 * @param text one line for a person, which names both
 */
public record Stop(Cause cause, String thing, String text) {
    /** The same, with what came of it in front. */
    Stop within(String consequence) {
        return new Stop(cause, thing, consequence + ": " + text);
    }
}
