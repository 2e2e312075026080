package io.netd.firewall;

import java.util.List;

/** How rules get into the kernel of one network namespace. Called by one thread at a time. */
public interface Backend extends AutoCloseable {

    /**
     * Makes the kernel follow a change, in one transaction. A rule to remove that is not there, and a rule to add that
     * is there already, are no errors.
     *
     * @throws FirewallException if the kernel refuses, then nothing has changed; or if nobody can tell what it did, then it
     *     is {@link FirewallException#isUnsettled unsettled}
     */
    void apply(Change change);

    /**
     * Compares with the kernel and puts back what is missing.
     *
     * @return the rules that were missing
     * @throws FirewallException if the kernel refuses
     */
    List<Rule> repair(RuleSet desired);

    /**
     * Compares with the kernel and changes nothing.
     *
     * @param rules what to look for
     * @param desired all desired rules; valid during the call only
     * @return those that are not there; none that is {@link #waiting waiting}
     * @throws FirewallException if the kernel does not tell
     */
    List<Rule> missing(List<Rule> rules, RuleSet desired);

    /**
     * Looks for rules that need a chain of somebody else's which is not there, or is not needed here.
     *
     * @throws FirewallException if the kernel does not tell
     */
    List<Rule> waiting(List<Rule> rules);

    /** Closes sockets; rules stay. */
    @Override
    void close();
}
