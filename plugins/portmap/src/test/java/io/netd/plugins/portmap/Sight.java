package io.netd.plugins.portmap;

/**
 * How a person sees and changes the translation of port 8080 to 10.77.0.2:80 with the tools of one backend.
 *
 * @param backend the configuration's word for it
 * @param listing lists the translations
 * @param translation how this one is listed
 * @param delete deletes it
 * @param restore puts it back
 * @param block deletes the way to all translations
 * @param flush deletes everything
 */
record Sight(
        String backend, String listing, String translation, String delete, String restore, String block, String flush) {
    private static final String RULE = "NETD -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.77.0.2:80";

    static final Sight IPTABLES = new Sight(
            "iptables",
            "iptables -t nat -S",
            "-A " + RULE,
            "iptables -t nat -D " + RULE,
            "iptables -t nat -A " + RULE,
            "iptables -t nat -F PREROUTING",
            "iptables -t nat -F");

    static final Sight NFTABLES = new Sight(
            "nftables",
            "nft -s list ruleset",
            "tcp . 8080 counter : 10.77.0.2 . 80",
            "nft delete element ip netd ports '{ tcp . 8080 }'",
            "nft add element ip netd ports '{ tcp . 8080 : 10.77.0.2 . 80 }'",
            "nft flush chain ip netd nat-PREROUTING",
            "nft delete table ip netd");
}
