package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Published ports are reachable through the host's ::1, to which no rule leads. */
class RelayIT extends NetdTestBase {
    private static final String PAGE = "hello from a container";
    private static final String BRIDGE = "{\"cniVersion\":\"1.0.0\",\"name\":\"relay\",\"type\":\"bridge\","
            + "\"bridge\":\"cni-re0\",\"isGateway\":true,\"ipam\":{\"type\":\"host-local\",\"dataDir\":\"/run/relay-leases\","
            + "\"ranges\":[%s]}}";
    private static final String FOUR = "[{\"subnet\":\"10.39.0.0/24\"}]";
    private static final String BOTH = FOUR + ",[{\"subnet\":\"fd39::/64\"}]";

    /** Tells of each connection it accepts who it is from, and keeps it until its client ends it. */
    private static final String GREETER = """
            import asyncio
            async def greet(reader, writer):
                writer.write(writer.get_extra_info("peername")[0].encode() + b"\\n")
                await writer.drain()
                await reader.read()
                writer.close()
            async def main():
                server = await asyncio.start_server(greet, None, 80, backlog=1000)
                await server.serve_forever()
            asyncio.run(main())
            """;

    /** Opens connections, counts those that are greeted and those that are turned away, and ends them. */
    private static final String CLIENTS = """
            import resource, socket, sys
            resource.setrlimit(resource.RLIMIT_NOFILE, (4000, 4000))
            opened, greeted, refused = [], 0, 0
            for i in range(int(sys.argv[2])):
                opened.append(socket.create_connection(("::1", int(sys.argv[1])), 20))
            for client in opened:
                try:
                    greeted += client.recv(100) != b""
                except ConnectionResetError:
                    refused += 1
            print(greeted, refused)
            """;

    /** Sends so many megabytes, half-closes, and compares what comes back. */
    private static final String ECHO = """
            import hashlib, os, socket, sys, threading
            client = socket.create_connection(("::1", int(sys.argv[1])), 20)
            block, count = os.urandom(1 << 20), int(sys.argv[2])
            def send():
                for i in range(count):
                    client.sendall(block)
                client.shutdown(socket.SHUT_WR)
            threading.Thread(target=send).start()
            sent, received = hashlib.sha256(block * count), hashlib.sha256()
            while piece := client.recv(1 << 16):
                received.update(piece)
            print(sent.digest() == received.digest())
            """;

    /** Says when an echo has come back, and how the connection ends then. */
    private static final String HELD = """
            import socket, sys
            client = socket.create_connection(("::1", int(sys.argv[1])), 20)
            client.settimeout(30)
            client.send(b"x")
            client.recv(1)
            print("connected", flush=True)
            try:
                print("end" if client.recv(1) == b"" else "data")
            except ConnectionResetError:
                print("reset")
            """;

    private static final String UDP_ECHO = """
            import socket
            server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            server.bind(("", 53))
            while True:
                server.sendto(*server.recvfrom(100))
            """;

    /** Is connected, so that it hears of answers from ::1 only. */
    private static final String UDP_CLIENT = """
            import socket, sys
            client = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            client.connect(("::1", int(sys.argv[1])))
            client.settimeout(20)
            answers = []
            for word in b"one", b"", b"three":
                client.send(word)
                answers.append(client.recv(100))
            print(*answers)
            """;

    @Override
    void furnish() {
        // A bridge with IPv6 sets it, and it is given back only when netd is uninstalled.
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1").ok();
    }

    @Test
    void aContainerWithIpv4OnlyIsReachedThroughIpv6() {
        serve("-p", "8200:80", "-p", "0.0.0.0:8201:80", "-p", "127.0.0.1:8202:80", "-p", "[::1]:8203:80");
        assertThat(fetch("[::1]:8200").ok()).isEqualTo(PAGE);
        assertThat(fetch("127.0.0.1:8200").ok()).isEqualTo(PAGE);
        assertThat(host.netctl("trace", "[::1]:8200").ok())
                .contains("relayed", "by netd to the container that publishes the port")
                .endsWith("answer      the connection is accepted");
        assertThat(fetch("[::1]:8201").exitCode()).isEqualTo(7);
        assertThat(fetch("[::1]:8202").exitCode()).isEqualTo(7);
        assertThat(fetch("[::1]:8203").ok()).isEqualTo(PAGE);
        assertThat(fetch("127.0.0.1:8203").exitCode()).isEqualTo(7);
        assertThat(host.netctl("port", "web").ok())
                .isEqualTo("80/tcp -> 0.0.0.0:8200\n80/tcp -> 0.0.0.0:8201\n80/tcp -> 127.0.0.1:8202"
                        + "\n80/tcp -> [::1]:8203");
    }

    @Test
    void manyBytesGoBothWaysToTheirEnd() {
        echo("-p", "8204:7");
        assertThat(host.run("python3", "-c", ECHO, "8204", "100").ok()).isEqualTo("True");
    }

    @Test
    void connectionsEndWithTheContainerAndWithThePort() throws Exception {
        echo("-p", "8205:7");
        Process first = connected(8205);
        host.netctl("port", "rm", "echo", "-p", "8205:7").ok();
        assertThat(first.inputReader().readLine()).isEqualTo("reset");
        assertThat(fetch("[::1]:8205").exitCode()).isEqualTo(7);

        host.netctl("port", "add", "echo", "-p", "8205:7").ok();
        Process second = connected(8205);
        host.netctl("rm", "-f", "echo").ok();
        assertThat(second.inputReader().readLine()).isIn("end", "reset");
        assertThat(host.sh("ss -Htan '( sport = :8205 or dport = :8205 )'").ok())
                .doesNotContain("ESTAB", "LISTEN", "CLOSE-WAIT");
    }

    @Test
    void afterAKilledDaemonThePortIsRelayedAgain() {
        serve("-p", "8206:80", "-p", "[::1]:8212:80");
        host.netctl("port", "add", "web", "-p", "8207:80").ok();
        daemon.kill();
        assertThat(fetch("[::1]:8206").exitCode()).isEqualTo(7);
        daemon = Daemon.start(host, options());
        assertThat(fetch("[::1]:8206").ok()).isEqualTo(PAGE);
        assertThat(fetch("[::1]:8207").ok()).isEqualTo(PAGE);
        assertThat(fetch("[::1]:8212").ok()).isEqualTo(PAGE);
        host.netctl("port", "rm", "web", "-p", "[::1]:8212:80").ok();
        assertThat(fetch("[::1]:8212").exitCode()).isEqualTo(7);
        daemon.terminate();
        daemon = Daemon.start(host, options());
        assertThat(fetch("[::1]:8206").ok()).isEqualTo(PAGE);
    }

    @Test
    void ipv6OfAContainerIsPreferredAndTooManyConnectionsAreTurnedAway() {
        withAPod(BOTH, GREETER, () -> {
            host.sh("until [ $(ip netns exec pod ss -Htln sport = :80 | wc -l) = 2 ]; do :; done")
                    .ok();
            host.netctl("port", "add", "pod", "-p", "8208:80", "-p", "[::1]:8209:80", "-p", "0.0.0.0:8210:80")
                    .ok();
            assertThat(host.netctl("port", "pod").ok()).contains("[::]:8208", "[::1]:8209", "0.0.0.0:8210");
            for (String port : new String[] {"8208", "8209"}) {
                assertThat(host.sh("nc -w 1 ::1 " + port + " </dev/null").ok()).startsWith("fd39::");
            }
            assertThat(fetch("[::1]:8210").exitCode()).isEqualTo(7);

            int before = descriptors();
            assertThat(host.run("python3", "-c", CLIENTS, "8208", "600").ok()).isEqualTo("512 88");
            host.sh("until [ $(ls /proc/" + daemon.pid() + "/fd | wc -l) -le " + (before + 20) + " ]; do :; done")
                    .ok();
            assertThat(host.netctl("doctor").out()).contains("3 host ports are held");
            assertThat(host.run("python3", "-c", CLIENTS, "8209", "10").ok()).isEqualTo("10 0");
        });
        assertThat(fetch("[::1]:8208").exitCode()).isEqualTo(7);
    }

    @Test
    void datagramsAreAnsweredToo() {
        withAPod(FOUR, UDP_ECHO, () -> {
            host.sh("until ip netns exec pod ss -Huln | grep -q :53; do :; done")
                    .ok();
            host.netctl("port", "add", "pod", "-p", "8211:53/udp").ok();
            assertThat(host.run("python3", "-c", UDP_CLIENT, "8211").ok()).isEqualTo("b'one' b'' b'three'");
            assertThat(host.netctl("trace", "[::1]:8211/udp").ok()).contains("relayed");
            daemon.kill();
            daemon = Daemon.start(host, options());
            assertThat(host.run("python3", "-c", UDP_CLIENT, "8211").ok()).isEqualTo("b'one' b'' b'three'");
        });
        assertThat(host.sh("ss -Hulan").ok()).doesNotContain(":8211");
    }

    /** One that {@code bridge} has attached, with a server in it. */
    private void withAPod(String ranges, String server, Runnable body) {
        String config = String.format(BRIDGE, ranges);
        host.sh("ip netns add pod && ip -n pod link set lo up").ok();
        host.plugin(Host.ours("bridge"), config, Map.of("CNI_COMMAND", "ADD")).ok();
        Process running = host.start("ip", "netns", "exec", "pod", "python3", "-c", server);
        try {
            body.run();
        } finally {
            running.destroy();
        }
        host.plugin(Host.ours("bridge"), config, Map.of("CNI_COMMAND", "DEL")).ok();
        host.sh("ip netns del pod; ip link del cni-re0; rm -r /run/relay-leases")
                .ok();
    }

    private int descriptors() {
        return Integer.parseInt(
                host.sh("ls /proc/" + daemon.pid() + "/fd | wc -l").ok());
    }

    /** A client whose echo has come back. */
    private Process connected(int port) throws Exception {
        Process client = host.start("python3", "-c", HELD, Integer.toString(port));
        assertThat(client.inputReader().readLine()).isEqualTo("connected");
        return client;
    }

    private void serve(String... flags) {
        run("web", flags, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
    }

    private void echo(String... flags) {
        run("echo", flags, "nc", "-ll", "-p", "7", "-e", "cat");
        host.netctl("exec", "echo", "sh", "-c", "until netstat -ltn | grep -q :7; do :; done")
                .ok();
    }

    private void run(String name, String[] flags, String... command) {
        List<String> words = new ArrayList<>(List.of("--name", name));
        words.addAll(List.of(flags));
        words.add(IMAGE);
        words.addAll(List.of(command));
        runDetached(words.toArray(String[]::new));
    }

    private Output fetch(String where) {
        return host.sh("curl -g -sS --max-time 5 http://" + where + "/");
    }
}
