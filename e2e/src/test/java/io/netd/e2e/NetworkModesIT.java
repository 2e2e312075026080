package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a network's options mean: who reaches what of a container, of both families, over TCP and UDP. The container listens
 * on port 80, which is published as 8080, and on port 81, which is not.
 */
class NetworkModesIT extends NetdTestBase {
    private static final String HOST6 = "fd00:9::2";
    private static final String WIRE6 = "fd00:9::1";
    private static final String MODES = "-o com.docker.network.bridge.gateway_mode_ipv4=%1$s"
            + " -o com.docker.network.bridge.gateway_mode_ipv6=%1$s";

    /** Answers every datagram and connection with the address of whoever comes. */
    private static final String SERVER = """
            import socket, threading
            def answer(server):
                while True:
                    connection, client = server.accept()
                    connection.sendall(client[0].encode())
                    connection.close()
            def echo(server):
                while True:
                    data, client = server.recvfrom(100)
                    server.sendto(client[0].encode(), client)
            for port in 80, 81:
                for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM:
                    server = socket.socket(socket.AF_INET6, kind)
                    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
                    server.bind(("::", port))
                    if kind == socket.SOCK_STREAM:
                        server.listen()
                    target = answer if kind == socket.SOCK_STREAM else echo
                    threading.Thread(target=target, args=(server,)).start()
            print("ready", flush=True)
            """;

    /** Asks all at once; of each who is seen there, or nobody. */
    private static final String CLIENT = """
            import socket, sys, threading
            answers = {}
            def ask(protocol, address, port):
                family = socket.AF_INET6 if ":" in address else socket.AF_INET
                kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
                client = socket.socket(family, kind)
                client.settimeout(1)
                answer = ""
                try:
                    client.connect((address, int(port)))
                    if protocol == "udp":
                        client.send(b"who am I")
                    answer = client.recv(100).decode().replace("::ffff:", "")
                except OSError:
                    pass
                answers[protocol + " " + address + " " + port] = answer
            threads = [threading.Thread(target=ask, args=question.split(",")) for question in sys.argv[1:]]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for question, answer in answers.items():
                print(question, answer or "nobody")
            """;

    private final List<Process> servers = new ArrayList<>();

    /** The first network with IPv6 turns forwarding on. The wire knows the way to every container. */
    @Override
    void furnish() {
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1; ip address add " + HOST6 + "/64 dev uplink nodad;"
                        + " ip -n wire address add " + WIRE6 + "/64 dev eth0 nodad;"
                        + " ip -n wire route add 10.80.0.0/16 via " + Host.ADDRESS + ";"
                        + " ip -n wire route add fd00:80::/32 via " + HOST6 + ";"
                        + " ip -6 route add default via " + WIRE6)
                .ok();
        bridgeNetfilter("1");
    }

    @BeforeAll
    void somebodyListensOnTheWire() {
        serve("--net=/run/netns/wire");
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        removeContainers();
        host.netctl("network", "rm", "-f", "blue", "red").ok();
        bridgeNetfilter("1");
        while (servers.size() > 1) {
            servers.remove(1).destroy();
        }
        super.hostIsAsBefore();
    }

    /**
     * Letters for what is reached: the container's own address on its published (D) and its other port (U), and the host's
     * address on the port that is published (P).
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // what,          options,                                              wire, host, neighbour, itself, stranger,
        // sees
        "nat,             '',                                                   P,    DUP,  DUP,       DUP,    P,        host",
        "routed,          'MODE routed',                                        D,    DU,   DU,        DU,     D,        container",
        "nat-unprotected, 'MODE nat-unprotected',                               DUP,  DUP,  DUP,       DUP,    DUP,      host",
        "internal,        '--internal',                                         '',   DU,   DU,        DU,     '',       nobody",
        "isolated,        '--internal MODE isolated',                           '',   '',   DU,        DU,     '',       nobody",
        "without icc,     '-o com.docker.network.bridge.enable_icc=false',      P,    DUP,  P,         DUP,    P,        host",
        "unmasked,        '-o com.docker.network.bridge.enable_ip_masquerade=false', DP, DUP, DUP, DUP, DP, container"
    })
    void whoReachesWhat(
            String what,
            String options,
            String wire,
            String inHost,
            String neighbour,
            String itself,
            String stranger,
            String sees) {
        // Where it is on, the bridge itself leads what is translated from one port to another, which it keeps apart.
        bridgeNetfilter(options.contains("icc") ? "0" : "1");
        make(options);

        assertThat(reached("--net=/run/netns/wire")).as("from the wire").isEqualTo(all(wire));
        assertThat(reached("--net=/proc/self/ns/net")).as("from the host").isEqualTo(all(inHost));
        assertThat(reached(inside("next"))).as("from a neighbour").isEqualTo(all(neighbour));
        assertThat(reached(inside("one"))).as("from itself").isEqualTo(all(itself));
        assertThat(reached(inside("stranger"))).as("from another network").isEqualTo(all(stranger));
        assertThat(seenOnTheWire())
                .isEqualTo(
                        switch (sees) {
                            case "host" -> Map.of("v4", Host.ADDRESS, "v6", HOST6);
                            case "container" -> Map.of("v4", "10.80.1.2", "v6", "fd00:80:1::2");
                            default -> Map.of("v4", "nobody", "v6", "nobody");
                        });
    }

    private void bridgeNetfilter(String value) {
        host.sh("for key in /proc/sys/net/bridge/bridge-nf-call-ip*tables; do [ ! -e $key ] || echo " + value
                        + " >$key; done")
                .ok();
    }

    private void make(String options) {
        List<String> words =
                new ArrayList<>(List.of("network", "create", "--subnet", "10.80.1.0/24", "--subnet", "fd00:80:1::/64"));
        for (String word :
                options.replaceAll("MODE (\\S+)", MODES.replace("%1$s", "$1")).split(" ")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        words.add("blue");
        host.netctl(words.toArray(String[]::new)).ok();
        host.netctl("network", "create", "--subnet", "10.80.2.0/24", "--subnet", "fd00:80:2::/64", "red")
                .ok();
        runDetached("--name", "one", "--net", "blue", "-p", "8080:80", "-p", "8080:80/udp", IMAGE, "sleep", "1000");
        runDetached("--name", "next", "--net", "blue", IMAGE, "sleep", "1000");
        runDetached("--name", "stranger", "--net", "red", IMAGE, "sleep", "1000");
        serve(inside("one"));
    }

    private String inside(String container) {
        return "--net=/proc/" + pid(container) + "/ns/net";
    }

    private void serve(String namespace) {
        Process server = host.start("nsenter", namespace, "python3", "-u", "-c", SERVER);
        servers.add(server);
        try {
            assertThat(new String(server.getInputStream().readNBytes(5))).isEqualTo("ready");
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> all(String letters) {
        return Map.of("tcp v4", letters, "udp v4", letters, "tcp v6", letters, "udp v6", letters);
    }

    private Map<String, String> reached(String namespace) {
        Map<String, String> answers = answers(namespace, questions());
        Map<String, String> letters = new TreeMap<>();
        for (String protocol : List.of("tcp", "udp")) {
            letters.put(protocol + " v4", letters(answers, protocol, "10.80.1.2", Host.ADDRESS));
            letters.put(protocol + " v6", letters(answers, protocol, "fd00:80:1::2", HOST6));
        }
        return letters;
    }

    private static List<String> questions() {
        List<String> questions = new ArrayList<>();
        for (String protocol : List.of("tcp", "udp")) {
            for (String address : List.of("10.80.1.2", "fd00:80:1::2")) {
                questions.add(protocol + "," + address + ",80");
                questions.add(protocol + "," + address + ",81");
            }
            questions.add(protocol + "," + Host.ADDRESS + ",8080");
            questions.add(protocol + "," + HOST6 + ",8080");
        }
        return questions;
    }

    private static String letters(Map<String, String> answers, String protocol, String container, String published) {
        return letter(answers, "D", protocol + " " + container + " 80")
                + letter(answers, "U", protocol + " " + container + " 81")
                + letter(answers, "P", protocol + " " + published + " 8080");
    }

    private static String letter(Map<String, String> answers, String letter, String question) {
        return answers.get(question).equals("nobody") ? "" : letter;
    }

    private Map<String, String> seenOnTheWire() {
        Map<String, String> answers =
                answers(inside("one"), List.of("tcp," + Host.NEIGHBOUR + ",80", "tcp," + WIRE6 + ",80"));
        return Map.of("v4", answers.get("tcp " + Host.NEIGHBOUR + " 80"), "v6", answers.get("tcp " + WIRE6 + " 80"));
    }

    private Map<String, String> answers(String namespace, List<String> questions) {
        List<String> command = new ArrayList<>(List.of("nsenter", namespace, "python3", "-c", CLIENT));
        command.addAll(questions);
        Map<String, String> answers = new TreeMap<>();
        for (String line : host.run(command.toArray(String[]::new)).ok().lines().toList()) {
            int end = line.lastIndexOf(' ');
            answers.put(line.substring(0, end), line.substring(end + 1));
        }
        return answers;
    }
}
