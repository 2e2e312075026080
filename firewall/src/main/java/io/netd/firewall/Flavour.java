package io.netd.firewall;

/** Which of the two packet filters of the kernel the host's {@code iptables} writes to. */
public enum Flavour {
    /** iptables over nf_tables, written by netd itself over nfnetlink. */
    IPTABLES_NFT,

    /** iptables over ip_tables, written by one {@code iptables-restore} per transaction. */
    IPTABLES_LEGACY
}
