package io.netd.netlink.route;

/** Constants of {@code linux/if_link.h}, {@code if.h} and {@code veth.h}, in the kernel's spelling. */
public final class IfLink {
    /** Bytes of {@code struct ifinfomsg}. */
    public static final int IFINFOMSG = 16;

    public static final int IFF_UP = 0x1;
    public static final int IFF_RUNNING = 0x40;
    public static final int IFF_PROMISC = 0x100;
    public static final int IFF_ALLMULTI = 0x200;

    /** Longest name of a link in bytes, without the closing NUL. */
    public static final int IFNAME_MAX = 15;

    /** The loopback device has this index in every network namespace. */
    public static final int LOOPBACK_IFINDEX = 1;

    public static final int IFLA_ADDRESS = 1;
    public static final int IFLA_IFNAME = 3;
    public static final int IFLA_MTU = 4;
    public static final int IFLA_LINK = 5;
    public static final int IFLA_MASTER = 10;
    public static final int IFLA_PROTINFO = 12;
    public static final int IFLA_TXQLEN = 13;
    public static final int IFLA_LINKINFO = 18;
    public static final int IFLA_IFALIAS = 20;
    public static final int IFLA_GROUP = 27;
    public static final int IFLA_AF_SPEC = 26;
    public static final int IFLA_NET_NS_FD = 28;
    public static final int IFLA_EXT_MASK = 29;

    public static final int IFLA_NUM_TX_QUEUES = 31;
    public static final int IFLA_NUM_RX_QUEUES = 32;

    /** The settings below {@code net/ipv4/conf}, by numbers of {@code linux/ip.h}. */
    public static final int IFLA_INET_CONF = 1;

    public static final int IPV4_DEVCONF_ARP_NOTIFY = 22;

    public static final int RTEXT_FILTER_BRVLAN_COMPRESSED = 4;
    public static final int RTEXT_FILTER_SKIP_STATS = 8;

    public static final int IFLA_INFO_KIND = 1;
    public static final int IFLA_INFO_DATA = 2;
    public static final int IFLA_INFO_SLAVE_KIND = 4;
    public static final int IFLA_INFO_SLAVE_DATA = 5;

    public static final int VETH_INFO_PEER = 1;

    /** Of {@code linux/if_bridge.h}, inside IFLA_AF_SPEC of a message of AF_BRIDGE. */
    public static final int IFLA_BRIDGE_VLAN_INFO = 2;

    public static final int BRIDGE_VLAN_INFO_PVID = 1 << 1;
    public static final int BRIDGE_VLAN_INFO_UNTAGGED = 1 << 2;
    public static final int BRIDGE_VLAN_INFO_RANGE_BEGIN = 1 << 3;
    public static final int BRIDGE_VLAN_INFO_RANGE_END = 1 << 4;

    /** Hairpin mode of a bridge port. */
    public static final int IFLA_BRPORT_MODE = 4;

    public static final int IFLA_BRPORT_ISOLATED = 33;

    public static final int IFLA_BR_VLAN_FILTERING = 7;

    private IfLink() {}
}
