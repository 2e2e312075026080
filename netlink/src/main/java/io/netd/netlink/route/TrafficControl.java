package io.netd.netlink.route;

/** Constants of {@code linux/pkt_sched.h}, {@code pkt_cls.h} and {@code tc_act/tc_mirred.h}, in the kernel's spelling. */
public final class TrafficControl {
    public static final int RTM_NEWQDISC = 36;
    public static final int RTM_DELQDISC = 37;
    public static final int RTM_GETQDISC = 38;
    public static final int RTM_NEWTFILTER = 44;
    public static final int RTM_GETTFILTER = 46;

    /** Bytes of {@code struct tcmsg}. */
    public static final int TCMSG = 20;

    public static final int TCA_KIND = 1;
    public static final int TCA_OPTIONS = 2;

    /** Parents: the device itself, in either direction. */
    public static final int TC_H_ROOT = 0xffffffff;

    public static final int TC_H_INGRESS = 0xfffffff1;

    /** {@code 1:}, the handle that the first user takes. */
    public static final int FIRST_HANDLE = 0x0001_0000;

    /** {@code ffff:}, the handle that every ingress qdisc has. */
    public static final int INGRESS_HANDLE = 0xffff_0000;

    public static final int TCA_TBF_PARMS = 1;
    public static final int TCA_TBF_RATE64 = 4;
    public static final int TCA_TBF_BURST = 6;
    public static final int TC_LINKLAYER_ETHERNET = 1;

    /** Bytes of {@code struct tc_tbf_qopt}, and where its fields are. */
    public static final int TC_TBF_QOPT = 36;

    public static final int TBF_RATE = 8;
    public static final int TBF_LIMIT = 24;
    public static final int TBF_BUFFER = 28;

    public static final int ETH_P_ALL = 0x0003;
    public static final int TCA_U32_CLASSID = 1;
    public static final int TCA_U32_SEL = 5;
    public static final int TCA_U32_ACT = 7;
    public static final int TC_U32_TERMINAL = 1;
    public static final int TCA_ACT_KIND = 1;
    public static final int TCA_ACT_OPTIONS = 2;
    public static final int TCA_MIRRED_PARMS = 2;
    public static final int TCA_EGRESS_REDIR = 1;
    public static final int TCA_INGRESS_REDIR = 3;
    public static final int TC_ACT_STOLEN = 4;

    /** Bytes of {@code struct tc_mirred}, and where its fields are. */
    public static final int TC_MIRRED = 28;

    public static final int MIRRED_EACTION = 20;
    public static final int MIRRED_IFINDEX = 24;

    private TrafficControl() {}
}
