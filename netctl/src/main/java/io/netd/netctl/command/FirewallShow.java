package io.netd.netctl.command;

import io.netd.netctl.api.FirewallRule;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netctl firewall show}. */
@Command(name = "firewall show", description = "Show the rules netd wants and which of them the kernel has")
final class FirewallShow implements NetctlCommand {
    @ArgGroup
    private Part part = new Part();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        List<FirewallRule> rules =
                session.netd().firewall().stream().filter(part::shows).toList();
        format.text(rules).ifPresentOrElse(session.out()::println, () -> print(session, rules));
        return part.diff && !rules.isEmpty() ? 1 : 0;
    }

    private void print(Session session, List<FirewallRule> rules) {
        String heading = "";
        for (FirewallRule rule : rules) {
            String next = "# " + rule.owner() + " (" + rule.framework() + ")";
            if (!next.equals(heading)) {
                session.out().println(next);
                heading = next;
            }
            session.out().println((part.diff ? "- " : "") + rule.rule());
        }
    }

    /** Which of them. */
    static final class Part {
        @Option(names = "--wanted", description = "All that netd wants, which is the default")
        private boolean wanted;

        @Option(names = "--actual", description = "Only those that the kernel has")
        private boolean actual;

        @Option(names = "--diff", description = "Only those that are missing; exit code 1 if any is")
        private boolean diff;

        boolean shows(FirewallRule rule) {
            return wanted || !actual && !diff || rule.present() == actual;
        }
    }
}
