package io.netd.plugins.firewall;

import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.ArrayList;
import java.util.List;

/** The throw-away host with two bridges and two containers on each, furnished by {@code ip}. */
final class Village implements AutoCloseable {
    /** A container: {@code br<bridge>}, address {@code 10.<bridge>.0.<number>}, host end {@code v<bridge><number>}. */
    record House(int bridge, int number, ThrowawayNamespace namespace) {
        String address() {
            return "10." + bridge + ".0." + number;
        }

        String name() {
            return "c" + bridge + number;
        }

        String hostEnd() {
            return "v" + bridge + number;
        }

        boolean reaches(String address) {
            return reached(List.of(address)).contains(address);
        }

        /** Those of the addresses that answer, asked all at once. */
        List<String> reached(List<String> addresses) {
            return namespace
                    .sh("for to in " + String.join(" ", addresses)
                            + "; do { busybox ping -c 1 -W 1 $to >/dev/null && echo $to; } & done; wait")
                    .lines()
                    .toList();
        }
    }

    private final List<House> houses = new ArrayList<>();

    Village() {
        sh("echo 1 > /proc/sys/net/ipv4/ip_forward");
        for (int bridge = 1; bridge <= 2; bridge++) {
            sh("ip link add br" + bridge + " type bridge && ip addr add 10." + bridge + ".0.1/24 dev br" + bridge
                    + " && ip link set br" + bridge + " up");
            for (int number = 2; number <= 3; number++) {
                build(new House(bridge, number, ThrowawayNamespace.create()));
            }
        }
    }

    List<House> houses() {
        return List.copyOf(houses);
    }

    House house(int bridge, int number) {
        return houses.stream()
                .filter(house -> house.bridge() == bridge && house.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private void build(House house) {
        houses.add(house);
        String path = "/proc/" + ProcessHandle.current().pid() + "/fd/"
                + house.namespace().namespace().fd().number();
        sh("ip link add " + house.hostEnd() + " type veth peer name eth0 netns " + path + " && ip link set "
                + house.hostEnd() + " up master br" + house.bridge());
        house.namespace()
                .sh("ip addr add " + house.address()
                        + "/24 dev eth0 && ip link set eth0 up && ip route add default via 10." + house.bridge()
                        + ".0.1");
    }

    static String sh(String script) {
        Program.Output output = Program.of("sh", "-c", script).run();
        if (!output.succeeded()) {
            throw new AssertionError(script + ": " + output);
        }
        return output.out();
    }

    /** All rules as iptables-save prints them. */
    static String rules() {
        return sh("iptables-save; ip6tables-save")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll(" \\[.*]$", ""))
                .reduce("", (text, line) -> text + line + "\n");
    }

    @Override
    public void close() {
        houses.forEach(house -> house.namespace().close());
        sh("ip link del br1; ip link del br2; for l in v12 v13 v22 v23; do ip link del $l; done 2>/dev/null;"
                + " echo 0 > /proc/sys/net/ipv4/ip_forward; true");
    }
}
