package io.netd.daemon.config;

import java.util.Arrays;
import java.util.Optional;

/** What the daemon can be told: each by a flag or by a key of {@code daemon.json}, with docker's names. */
public enum Option {
    /** Addresses to listen on. */
    HOSTS(
            "hosts",
            Kind.TEXTS,
            "host",
            "Daemon socket to listen on: unix:///path or tcp://127.0.0.1:port (default unix:///run/netd/netd.sock)"),
    /** What survives a reboot. */
    DATA_ROOT("data-root", Kind.TEXT, "data-root", "Root of state that survives a reboot (default /var/lib/netd)"),
    /** What does not. */
    EXEC_ROOT("exec-root", Kind.TEXT, "exec-root", "Root of state that lives until the next boot (default /run/netd)"),
    /** Where containers' cgroups hang. */
    CGROUP_PARENT("cgroup-parent", Kind.TEXT, "cgroup-parent", "Parent of containers' cgroups (default /netd)"),
    /** The default network's bridge. */
    BRIDGE("bridge", Kind.TEXT, "bridge", "Bridge of the default network (default docker0)"),
    /** Its address. */
    BIP("bip", Kind.TEXT, "bip", "Address and prefix length of the default network's bridge, such as 172.17.0.1/16"),
    /** Whether somebody else's bridge may be used. */
    ADOPT_BRIDGE("adopt-bridge", Kind.FLAG, "adopt-bridge", "Use a bridge of that name although netd did not make it"),
    /** Where subnets come from. */
    DEFAULT_ADDRESS_POOLS(
            "default-address-pools",
            Kind.POOLS,
            "default-address-pool",
            "Where networks without a subnet get theirs: base=172.30.0.0/16,size=24"),
    /** Of the default network. */
    MTU("mtu", Kind.NUMBER, "mtu", "MTU of the default network; without it that of the default route's interface"),
    /** Where ports are published by default. */
    IP("ip", Kind.TEXT, "ip", "Host address for published ports that name none (default 0.0.0.0)"),
    /** Whether the default network's containers reach one another. */
    ICC("icc", Kind.FLAG, "icc", "Inter-container communication on the default network (default true)"),
    /** Whether what leaves the default network bears the host's address. */
    IP_MASQ("ip-masq", Kind.FLAG, "ip-masq", "Masquerade what leaves the default network (default true)"),
    /** Whether the default network has IPv6. */
    IPV6("ipv6", Kind.FLAG, "ipv6", "IPv6 on the default network (default false)"),
    /** Its IPv6 subnet. */
    FIXED_CIDR_V6(
            "fixed-cidr-v6", Kind.TEXT, "fixed-cidr-v6", "IPv6 subnet of the default network, such as fd00:17::/64"),
    /** Whether containers' own addresses lead to published ports. */
    ALLOW_DIRECT_ROUTING(
            "allow-direct-routing",
            Kind.FLAG,
            "allow-direct-routing",
            "Let others reach published ports at the containers' own addresses (default false)"),
    /** What gets in for its mark. */
    BRIDGE_ACCEPT_FWMARK(
            "bridge-accept-fwmark",
            Kind.TEXT,
            "bridge-accept-fwmark",
            "In bridge networks, accept packets with this firewall mark/mask"),
    /** Whether rules are written at all. */
    IPTABLES("iptables", Kind.FLAG, "iptables", "Write iptables rules for the default network (default true)"),
    /** How they are written. */
    FIREWALL_BACKEND(
            "firewall-backend",
            Kind.TEXT,
            "firewall-backend",
            "iptables or nftables (default iptables where it is installed, else nftables)"),
    /** Who may use the socket. */
    GROUP("group", Kind.TEXT, "group", "Group that may use the unix socket, where it exists (default netd)"),
    /** How much is logged. */
    LOG_LEVEL("log-level", Kind.TEXT, "log-level", "debug, info, warn or error (default info)"),
    /** Where the process id is written. */
    PIDFILE("pidfile", Kind.TEXT, "pidfile", "File to write the process id to (default /run/netd/netd.pid)");

    private final String key;
    private final Kind kind;
    private final String flag;
    private final String help;

    Option(String key, Kind kind, String flag, String help) {
        this.key = key;
        this.kind = kind;
        this.flag = flag;
        this.help = help;
    }

    /** The shape of a value in the file. */
    public enum Kind {
        /** A string. */
        TEXT,
        /** A list of strings. */
        TEXTS,
        /** A whole number. */
        NUMBER,
        /** true or false. */
        FLAG,
        /** A list of objects with base and size. */
        POOLS;

        /** Whether it may be given more than once. */
        public boolean isRepeatable() {
            return this == TEXTS || this == POOLS;
        }
    }

    /** Its key in the file. */
    public String key() {
        return key;
    }

    /** The shape of its value in the file. */
    public Kind kind() {
        return kind;
    }

    /** Its flag without dashes. */
    public String flag() {
        return flag;
    }

    /** One line for {@code --help}. */
    public String help() {
        return help;
    }

    static Optional<Option> ofKey(String key) {
        return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
    }
}
