package io.netd.daemon.fuzz;

/**
 * Where the inputs act, as lines of shell: {@code /run/netns/bare}, which has nothing but lo, and
 * {@code /run/netns/wired}, which has an eth0 on a bridge pods0.
 */
public final class Scene {
    /** The wire between pods0 and the eth0 in wired. */
    public static final String WIRE = """
            ip link add wire address 02:00:0a:58:00:02 type veth peer name eth0 netns wired; ip link set wire master pods0 up
            ip -n wired link set eth0 up address 02:00:0a:58:00:05; ip -n wired address add 10.88.0.5/16 dev eth0
            """;

    /** Makes it; forwarding is on, so that no plugin has to switch it on. */
    public static final String SET = """
            sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
            ip netns add bare; ip -n bare link set lo up
            ip netns add wired; ip -n wired link set lo up
            ip link add pods0 address 02:00:0a:58:00:01 type bridge; ip link set pods0 up; ip address add 10.88.0.1/16 dev pods0
            """ + WIRE;

    /** Takes it away. */
    public static final String STRIKE = "ip netns del bare; ip netns del wired; ip link del pods0; ip link del wire";

    private Scene() {}
}
