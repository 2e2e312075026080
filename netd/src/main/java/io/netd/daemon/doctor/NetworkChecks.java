package io.netd.daemon.doctor;

import io.netd.firewall.host.Forwarded;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.netctl.api.DoctorCheck;
import io.netd.netlink.NetlinkException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The network: forwarding, firewall, and who else may lay hands on docker0. */
final class NetworkChecks {
    private static final String UNMANAGED = "etc/NetworkManager/conf.d/netd.conf";
    private final HostFiles files;

    NetworkChecks(HostFiles files) {
        this.files = files;
    }

    DoctorCheck forwarding(boolean daemonRuns) {
        boolean on = files.text("proc/sys/net/ipv4/ip_forward").orElse("0").equals("1");
        if (on) {
            return Finding.ok("forwarding", "net.ipv4.ip_forward is 1");
        }
        return daemonRuns
                ? Finding.failed(
                        "forwarding",
                        "net.ipv4.ip_forward is 0: published ports do not work",
                        "somebody turned it off after netd started: sysctl net.ipv4.ip_forward=1")
                : Finding.ok("forwarding", "net.ipv4.ip_forward is 0; netd turns it on when it starts");
    }

    static DoctorCheck firewall(HostFirewall firewall, List<Forwarded> bridges) {
        List<String> obstacles;
        try (NetworkNamespace own = NetworkNamespace.current()) {
            obstacles = firewall.obstacles(own, bridges);
        } catch (NetlinkException | LinuxException e) {
            return Finding.warning(
                    "firewall", firewall + "; its rules cannot be read: " + e.getMessage(), "ask as root");
        }
        return obstacles.isEmpty()
                ? Finding.ok("firewall", firewall.toString())
                : Finding.warning(
                        "firewall",
                        firewall + "; of what netd accepts drops " + String.join(", ", obstacles),
                        "let " + names(bridges) + " through there, in and out, or have firewalld put them into a zone");
    }

    private static String names(List<Forwarded> bridges) {
        return bridges.stream().map(Forwarded::bridge).collect(Collectors.joining(", "));
    }

    /** Only where there is something to say. */
    static Optional<DoctorCheck> userRules() {
        List<String> apart;
        try (NetworkNamespace own = NetworkNamespace.current()) {
            apart = HostFirewall.userRulesApart(own);
        } catch (NetlinkException | LinuxException e) {
            // The check of the firewall says so.
            return Optional.empty();
        }
        return apart.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "your rules",
                        String.join("; ", apart),
                        "write them where netd's rules stand now, then delete them"));
    }

    static DoctorCheck rules(List<String> drift) {
        return drift.isEmpty()
                ? Finding.ok("rules", "are as netd wants them")
                : Finding.warning(
                        "rules",
                        String.join("; ", drift),
                        "find out who does it: netctl events -f type=drift names who removes rules; netd puts all back when it"
                                + " starts");
    }

    DoctorCheck networkManager() {
        boolean there = files.exists("run/NetworkManager") || files.exists("var/run/NetworkManager");
        return !there || files.exists(UNMANAGED)
                ? Finding.ok("NetworkManager", there ? "leaves netd's links alone" : "is not running")
                : Finding.warning(
                        "NetworkManager",
                        "is running and may seize docker0 and veths",
                        "write [keyfile] unmanaged-devices=interface-name:docker0;interface-name:veth* to /"
                                + UNMANAGED);
    }
}
