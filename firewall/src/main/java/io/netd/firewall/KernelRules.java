package io.netd.firewall;

import io.netd.firewall.Wishes.FrameworkChange;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The kernel's rules of one network namespace in all frameworks, beside what is wished there. A rule of the usual framework
 * needs no name of it. Guarded by the {@link Ledger}.
 */
final class KernelRules implements AutoCloseable {
    private final Map<Framework, Backend> backends;
    private final Wishes wishes;

    KernelRules(Map<Framework, Backend> backends, Wishes wishes) {
        this.backends = new EnumMap<>(backends);
        this.wishes = wishes;
    }

    Set<Framework> frameworks() {
        return backends.keySet();
    }

    void apply(FrameworkChange part) {
        backend(part.framework()).apply(part.change());
    }

    /** Where another framework refused its part of the change. */
    void takeBack(FrameworkChange part) {
        Change change = part.change();
        backend(part.framework()).apply(new Change(change.added(), change.removed(), change.after()));
    }

    void requireReachable(Framework framework) {
        backend(framework).missing(List.of(), wishes.desired(framework));
    }

    /** Those of the rules that do not stand in the kernel. */
    List<Rule> missing(List<Rule> rules) {
        return those(rules, (framework, some) -> backend(framework).missing(some, wishes.desired(framework)));
    }

    /** Those of the rules that wait for a chain of somebody else's. */
    List<Rule> waiting(List<Rule> rules) {
        return those(rules, (framework, some) -> backend(framework).waiting(some));
    }

    /** Those of the rules that the question picks, which is asked of each framework's. */
    private List<Rule> those(List<Rule> rules, BiFunction<Framework, List<Rule>, List<Rule>> question) {
        Set<Rule> found = new HashSet<>();
        for (Framework framework : backends.keySet()) {
            List<Rule> there = rules.stream()
                    .filter(rule -> wishes.framework(rule) == framework)
                    .map(Rule::plain)
                    .toList();
            if (!there.isEmpty()) {
                named(framework, question.apply(framework, there)).forEach(found::add);
            }
        }
        return rules.stream()
                .filter(rule -> found.contains(named(wishes.framework(rule), rule)))
                .toList();
    }

    /** Puts back what is missing, and returns it. A framework that nobody wants is not even looked at. */
    Stream<Rule> repair(Framework framework) {
        RuleSet desired = wishes.desired(framework);
        return desired.isEmpty()
                ? Stream.empty()
                : named(framework, backend(framework).repair(desired));
    }

    @Override
    public void close() {
        backends.values().forEach(Backend::close);
    }

    private Stream<Rule> named(Framework framework, List<Rule> rules) {
        return rules.stream().map(rule -> named(framework, rule));
    }

    private Rule named(Framework framework, Rule rule) {
        return rule.in(framework == wishes.usual() ? Optional.empty() : Optional.of(framework));
    }

    private Backend backend(Framework framework) {
        Backend backend = backends.get(framework);
        if (backend == null) {
            throw new FirewallException("no backend for " + framework);
        }
        return backend;
    }
}
