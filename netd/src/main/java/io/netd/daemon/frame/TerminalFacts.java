package io.netd.daemon.frame;

/**
 * What the client's standard streams are.
 *
 * @param which bit n: descriptor n is a terminal
 * @param columns width, 0 when unknown
 * @param rows height, 0 when unknown
 */
public record TerminalFacts(int which, int columns, int rows) {
    /** No terminal at all. */
    public static final TerminalFacts NONE = new TerminalFacts(0, 0, 0);

    /** Whether the descriptor (0, 1 or 2) is a terminal. */
    public boolean isTerminal(int descriptor) {
        return (which >> descriptor & 1) == 1;
    }
}
