package io.netd.firewall;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders a rule exactly as iptables-save prints it, which iptables-restore reads back. */
final class RuleWords {
    private final List<String> words = new ArrayList<>();
    private final Rule rule;
    private boolean protocolLoaded;
    private boolean addrtypeLoaded;

    private RuleWords(Rule rule) {
        this.rule = rule;
    }

    static List<String> of(Rule rule) {
        RuleWords rendering = new RuleWords(rule);
        rule.matches().forEach(rendering::match);
        rule.comment().ifPresent(text -> rendering.add("-m", "comment", "--comment", text));
        rendering.target(rule.target());
        return List.copyOf(rendering.words);
    }

    /** Returns {@code -A CHAIN ...}, quoted as iptables-save quotes. */
    static String line(Rule rule) {
        return "-A " + rule.chain() + " " + quoted(rule);
    }

    /** Returns the words of the rule in one line, quoted as iptables-save quotes. */
    static String quoted(Rule rule) {
        return of(rule).stream()
                .map(word -> word.indexOf(' ') < 0 && !word.isEmpty() ? word : '"' + word + '"')
                .collect(Collectors.joining(" "));
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }

    private void option(boolean negated, String option, Object value) {
        if (negated) {
            add("!");
        }
        add(option, value.toString());
    }

    private void match(Match match) {
        if (match instanceof Match.Source source) {
            option(source.negated(), "-s", source.prefix());
        } else if (match instanceof Match.Destination destination) {
            option(destination.negated(), "-d", destination.prefix());
        } else if (match instanceof Match.InInterface in) {
            option(in.negated(), "-i", in.name());
        } else if (match instanceof Match.OutInterface out) {
            option(out.negated(), "-o", out.name());
        } else {
            extension(match);
        }
    }

    private void extension(Match match) {
        if (match instanceof Match.Proto proto) {
            add("-p", proto.protocol().toString());
        } else if (match instanceof Match.Icmp) {
            add("-p", rule.family() == IpFamily.IPV4 ? "icmp" : "ipv6-icmp");
        } else if (match instanceof Match.SourcePort port) {
            ports("--sport", port.ports());
        } else if (match instanceof Match.DestinationPort port) {
            ports("--dport", port.ports());
        } else if (match instanceof Match.CtStates states) {
            add("-m", "conntrack", "--ctstate", list(states));
        } else if (match instanceof Match.SourceType source) {
            addressType(source.negated(), "--src-type", source.type());
        } else if (match instanceof Match.DestinationType destination) {
            addressType(destination.negated(), "--dst-type", destination.type());
        } else if (match instanceof Match.Mark mark) {
            String mask = mark.mask() == -1 ? "" : "/0x" + Integer.toHexString(mark.mask());
            add("-m", "mark", "--mark", "0x" + Integer.toHexString(mark.value()) + mask);
        }
    }

    private void ports(String option, PortRange ports) {
        if (!protocolLoaded) {
            protocolLoaded = true;
            add("-m", words.get(words.indexOf("-p") + 1));
        }
        add(option, range(ports, ':'));
    }

    private void addressType(boolean negated, String option, AddressType type) {
        if (!addrtypeLoaded) {
            addrtypeLoaded = true;
            add("-m", "addrtype");
        }
        option(negated, option, type.name());
    }

    private void target(Target target) {
        if (target instanceof Target.Jump jump) {
            add("-j", jump.chain());
        } else if (target instanceof Target.Dnat dnat) {
            add("-j", "DNAT", "--to-destination", destination(dnat));
        } else if (target instanceof Target.Snat snat) {
            add("-j", "SNAT", "--to-source", snat.address().toString());
        } else {
            add("-j", target.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT));
        }
    }

    private String destination(Target.Dnat dnat) {
        IpAddress address = dnat.address();
        if (dnat.ports().isEmpty()) {
            return address.toString();
        }
        String host = rule.family() == IpFamily.IPV6 ? "[" + address + "]" : address.toString();
        return host + ":" + range(dnat.ports().get(), '-');
    }

    private static String range(PortRange ports, char separator) {
        return ports.size() == 1 ? Integer.toString(ports.first()) : ports.first() + "" + separator + ports.last();
    }

    /** iptables prints the states from INVALID on in its own order, which is the order of the enum. */
    private static String list(Match.CtStates states) {
        return states.states().stream().map(CtState::name).collect(Collectors.joining(","));
    }
}
