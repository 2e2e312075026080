package io.netd.netlink.nft;

/** Constants of {@code linux/netfilter/nfnetlink.h} and {@code nf_tables.h}, in the kernel's spelling. */
public final class NfTables {
    static final int NFNL_MSG_BATCH_BEGIN = 16;
    static final int NFNL_MSG_BATCH_END = 17;
    static final int NFNL_BATCH_GENID = 1;
    static final int NFNL_SUBSYS_NFTABLES = 10;

    /** Bytes of {@code struct nfgenmsg}. */
    static final int NFGENMSG = 4;

    static final int NFPROTO_UNSPEC = 0;

    /** Delete only what is empty. */
    static final int NLM_F_NONREC = 0x100;

    static final int NFT_MSG_NEWTABLE = 0;
    static final int NFT_MSG_GETTABLE = 1;
    static final int NFT_MSG_DELTABLE = 2;
    static final int NFT_MSG_NEWCHAIN = 3;
    static final int NFT_MSG_GETCHAIN = 4;
    static final int NFT_MSG_DELCHAIN = 5;
    static final int NFT_MSG_NEWRULE = 6;
    static final int NFT_MSG_GETRULE = 7;
    static final int NFT_MSG_DELRULE = 8;
    static final int NFT_MSG_NEWSET = 9;
    static final int NFT_MSG_GETSET = 10;
    static final int NFT_MSG_DELSET = 11;
    static final int NFT_MSG_NEWSETELEM = 12;
    static final int NFT_MSG_GETSETELEM = 13;
    static final int NFT_MSG_DELSETELEM = 14;
    static final int NFT_MSG_NEWGEN = 15;
    static final int NFT_MSG_GETGEN = 16;

    static final int NFT_MSG_TRACE = 17;

    /** The multicast group of packets on their way through the rules. */
    static final int NFNLGRP_NFTRACE = 9;

    static final int NFTA_TRACE_TABLE = 1;
    static final int NFTA_TRACE_CHAIN = 2;
    static final int NFTA_TRACE_RULE_HANDLE = 3;
    static final int NFTA_TRACE_TYPE = 4;
    static final int NFTA_TRACE_VERDICT = 5;
    static final int NFTA_TRACE_ID = 6;
    static final int NFTA_TRACE_NETWORK_HEADER = 8;
    static final int NFTA_TRACE_TRANSPORT_HEADER = 9;
    static final int NFTA_TRACE_IIF = 10;
    static final int NFTA_TRACE_OIF = 12;
    static final int NFTA_TRACE_POLICY = 16;
    static final int NFT_TRACETYPE_POLICY = 1;
    static final int NFT_TRACETYPE_RETURN = 2;
    static final int NFT_TRACETYPE_RULE = 3;

    static final int NFTA_GEN_ID = 1;
    static final int NFTA_GEN_PROC_PID = 2;
    static final int NFTA_GEN_PROC_NAME = 3;

    /** The multicast group that hears of every change. */
    static final int NFNLGRP_NFTABLES = 7;

    static final int NFTA_TABLE_NAME = 1;
    static final int NFTA_TABLE_FLAGS = 2;
    static final int NFTA_TABLE_USERDATA = 6;

    /** The table goes with the socket that made it. */
    static final int NFT_TABLE_F_OWNER = 2;

    static final int NFTA_CHAIN_TABLE = 1;
    static final int NFTA_CHAIN_NAME = 3;
    static final int NFTA_CHAIN_HOOK = 4;
    static final int NFTA_CHAIN_POLICY = 5;
    static final int NFTA_CHAIN_TYPE = 7;
    static final int NFTA_CHAIN_USERDATA = 12;
    static final int NFTA_HOOK_HOOKNUM = 1;
    static final int NFTA_HOOK_PRIORITY = 2;

    static final int NFTA_RULE_TABLE = 1;
    static final int NFTA_RULE_CHAIN = 2;
    static final int NFTA_RULE_HANDLE = 3;
    static final int NFTA_RULE_EXPRESSIONS = 4;
    static final int NFTA_RULE_COMPAT = 5;
    static final int NFTA_RULE_POSITION = 6;
    static final int NFTA_RULE_USERDATA = 7;
    static final int NFTA_RULE_COMPAT_PROTO = 1;
    static final int NFTA_RULE_COMPAT_FLAGS = 2;

    static final int NFTA_SET_TABLE = 1;
    static final int NFTA_SET_NAME = 2;
    static final int NFTA_SET_FLAGS = 3;
    static final int NFTA_SET_KEY_TYPE = 4;
    static final int NFTA_SET_KEY_LEN = 5;
    static final int NFTA_SET_DATA_TYPE = 6;
    static final int NFTA_SET_DATA_LEN = 7;
    static final int NFTA_SET_DESC = 9;
    static final int NFTA_SET_ID = 10;
    static final int NFTA_SET_USERDATA = 13;
    static final int NFTA_SET_EXPR = 17;
    static final int NFTA_SET_DESC_CONCAT = 2;
    static final int NFTA_SET_FIELD_LEN = 1;
    static final int NFT_SET_INTERVAL = 4;
    static final int NFT_SET_MAP = 8;
    static final int NFT_SET_CONCAT = 128;

    static final int NFTA_SET_ELEM_LIST_TABLE = 1;
    static final int NFTA_SET_ELEM_LIST_SET = 2;
    static final int NFTA_SET_ELEM_LIST_ELEMENTS = 3;
    static final int NFTA_SET_ELEM_KEY = 1;
    static final int NFTA_SET_ELEM_DATA = 2;
    static final int NFTA_SET_ELEM_KEY_END = 10;

    static final int NFTA_LIST_ELEM = 1;
    static final int NFTA_EXPR_NAME = 1;
    static final int NFTA_EXPR_DATA = 2;
    static final int NFTA_DATA_VALUE = 1;
    static final int NFTA_DATA_VERDICT = 2;
    static final int NFTA_VERDICT_CODE = 1;
    static final int NFTA_VERDICT_CHAIN = 2;

    /** The first register of 16 bytes, which every expression of iptables uses. */
    public static final int NFT_REG_1 = 1;

    public static final int NFT_REG_2 = 2;
    public static final int NFT_REG_3 = 3;

    /** The first of the registers of 4 bytes, which are quarters of the others. */
    public static final int NFT_REG32_00 = 8;

    /** The register that holds the verdict. */
    static final int NFT_REG_VERDICT = 0;

    public static final int NFT_META_MARK = 3;
    public static final int NFT_META_IIFNAME = 6;
    public static final int NFT_META_OIFNAME = 7;
    public static final int NFT_META_NFTRACE = 12;
    public static final int NFT_META_L4PROTO = 16;

    public static final int NFT_CT_STATE = 0;
    public static final int NFT_CT_STATUS = 2;

    public static final int NFT_PAYLOAD_LL_HEADER = 0;
    public static final int NFT_PAYLOAD_NETWORK_HEADER = 1;
    public static final int NFT_PAYLOAD_TRANSPORT_HEADER = 2;

    public static final int NFT_CMP_EQ = 0;
    public static final int NFT_CMP_NEQ = 1;

    public static final int NF_DROP = 0;
    public static final int NF_ACCEPT = 1;
    public static final int NFT_JUMP = -3;
    public static final int NFT_GOTO = -4;
    public static final int NFT_RETURN = -5;

    /** Where in a packet's way a base chain hooks in ({@code NF_INET_*} of {@code linux/netfilter.h}). */
    public static final int NF_INET_PRE_ROUTING = 0;

    public static final int NF_INET_LOCAL_IN = 1;
    public static final int NF_INET_FORWARD = 2;
    public static final int NF_INET_LOCAL_OUT = 3;
    public static final int NF_INET_POST_ROUTING = 4;

    private NfTables() {}
}
