package io.netd.firewall;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * One condition of a {@link Rule}. Conditions are a set in meaning: a rule sorts them into the order in which iptables
 * prints them. The one-argument constructors are the plain (not negated) forms.
 */
public sealed interface Match {

    /** {@code [!] -s prefix}. */
    record Source(IpPrefix prefix, boolean negated) implements Match {
        public Source {
            prefix = prefix.network();
        }

        public Source(IpPrefix prefix) {
            this(prefix, false);
        }
    }

    /** {@code [!] -d prefix}. */
    record Destination(IpPrefix prefix, boolean negated) implements Match {
        public Destination {
            prefix = prefix.network();
        }

        public Destination(IpPrefix prefix) {
            this(prefix, false);
        }
    }

    /** {@code [!] -i name}: the interface a packet came in by. */
    record InInterface(String name, boolean negated) implements Match {
        public InInterface {
            InterfaceNames.check(name);
        }

        public InInterface(String name) {
            this(name, false);
        }
    }

    /** {@code [!] -o name}: the interface a packet goes out by. */
    record OutInterface(String name, boolean negated) implements Match {
        public OutInterface {
            InterfaceNames.check(name);
        }

        public OutInterface(String name) {
            this(name, false);
        }
    }

    /** {@code -p protocol}; needed by the port conditions. */
    record Proto(Protocol protocol) implements Match {}

    /** {@code -p icmp}, of IPv6 {@code -p ipv6-icmp}: pings and what routers and hosts tell one another. */
    record Icmp() implements Match {
        /** The number in the IP header ({@code IPPROTO_ICMP}, {@code IPPROTO_ICMPV6}). */
        public int number(IpFamily family) {
            return family == IpFamily.IPV4 ? 1 : 58;
        }
    }

    /** {@code --sport first[:last]}; the rule must have a {@link Proto}. */
    record SourcePort(PortRange ports) implements Match {}

    /** {@code --dport first[:last]}; the rule must have a {@link Proto}. */
    record DestinationPort(PortRange ports) implements Match {}

    /**
     * {@code -m conntrack --ctstate A,B}: the packet's connection is in one of these states. {@link CtState#DNAT}, which
     * nf_tables keeps elsewhere than the others, stands alone.
     */
    record CtStates(Set<CtState> states) implements Match {
        public CtStates {
            if (states.isEmpty()) {
                throw new IllegalArgumentException("a ctstate condition needs a state");
            }
            if (states.contains(CtState.DNAT) && states.size() > 1) {
                throw new IllegalArgumentException("ctstate DNAT cannot be combined with other states");
            }
            states = Collections.unmodifiableSet(EnumSet.copyOf(states));
        }

        public CtStates(CtState first, CtState... others) {
            this(EnumSet.of(first, others));
        }
    }

    /** {@code -m addrtype [!] --src-type type}. */
    record SourceType(AddressType type, boolean negated) implements Match {
        public SourceType(AddressType type) {
            this(type, false);
        }
    }

    /** {@code -m addrtype [!] --dst-type type}. */
    record DestinationType(AddressType type, boolean negated) implements Match {
        public DestinationType(AddressType type) {
            this(type, false);
        }
    }

    /** {@code -m mark --mark value[/mask]}: the packet's mark after masking. */
    record Mark(int value, int mask) implements Match {
        public Mark(int value) {
            this(value, -1);
        }

        /**
         * Reads {@code VALUE[/MASK]} as Docker does: numbers of 32 bits, decimal, or after 0x hexadecimal, after 0o or 0
         * octal, after 0b binary.
         *
         * @throws IllegalArgumentException in Docker's words
         */
        public static Mark parse(String text) {
            return MarkText.read(text);
        }
    }
}
