package io.netd.netlink.conntrack;

/** Constants of {@code linux/netfilter/nfnetlink_conntrack.h}, in the kernel's spelling. */
final class Ctnetlink {
    static final int NFNL_SUBSYS_CTNETLINK = 1;
    static final int IPCTNL_MSG_CT_NEW = NFNL_SUBSYS_CTNETLINK << 8;
    static final int IPCTNL_MSG_CT_GET = IPCTNL_MSG_CT_NEW | 1;
    static final int IPCTNL_MSG_CT_DELETE = IPCTNL_MSG_CT_NEW | 2;

    /** Bytes of {@code struct nfgenmsg}. */
    static final int NFGENMSG = 4;

    static final int CTA_TUPLE_ORIG = 1;
    static final int CTA_TUPLE_REPLY = 2;
    static final int CTA_ID = 12;
    static final int CTA_ZONE = 18;
    static final int CTA_FILTER = 25;
    static final int CTA_FILTER_ORIG_FLAGS = 1;
    static final int CTA_FILTER_REPLY_FLAGS = 2;
    static final int CTA_TUPLE_IP = 1;
    static final int CTA_TUPLE_PROTO = 2;
    static final int CTA_IP_V4_SRC = 1;
    static final int CTA_IP_V4_DST = 2;
    static final int CTA_IP_V6_SRC = 3;
    static final int CTA_IP_V6_DST = 4;
    static final int CTA_PROTO_NUM = 1;
    static final int CTA_PROTO_SRC_PORT = 2;
    static final int CTA_PROTO_DST_PORT = 3;

    /** Of {@code net/netfilter/nf_conntrack_netlink.c}: which parts of a tuple a filter compares. */
    static final int CTA_FILTER_F_CTA_IP_SRC = 1;

    static final int CTA_FILTER_F_CTA_IP_DST = 1 << 1;
    static final int CTA_FILTER_F_CTA_PROTO_NUM = 1 << 3;
    static final int CTA_FILTER_F_CTA_PROTO_SRC_PORT = 1 << 4;
    static final int CTA_FILTER_F_CTA_PROTO_DST_PORT = 1 << 5;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private Ctnetlink() {}
}
