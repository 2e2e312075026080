package io.netd.netctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.netctl.api.ContainerSummary;
import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.PublishedPort;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetctlMainTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private final FakeTerminal terminal = new FakeTerminal();

    @Test
    void psPrintsDockersTable() {
        int code = netctl(answering("containers", List.of(running())), "ps");

        assertThat(terminal.shown().lines().toList())
                .containsExactly(
                        "CONTAINER ID   IMAGE            COMMAND                  CREATED         STATUS         PORTS                  NAMES",
                        "0123456789ab   busybox:latest   \"httpd -f -p 80 -h /…\"   5 minutes ago   Up 5 minutes   0.0.0.0:8080->80/tcp   web");
        assertThat(code).isZero();
    }

    @Test
    void psWithATemplatePrintsItsFields() {
        netctl(answering("containers", List.of(running())), "ps", "--format", "{{.Names}}\\t{{.Ports}}");

        assertThat(terminal.shown()).isEqualTo("web\t0.0.0.0:8080->80/tcp\n");
    }

    @Test
    void anUnknownFlagIs125AndNamesTheFlag() {
        int code = netctl(answering("containers", List.of()), "ps", "--nonsense");

        assertThat(code).isEqualTo(125);
        assertThat(terminal.complained()).startsWith("netctl: unknown flag: --nonsense");
    }

    @Test
    void anUnknownCommandIsNamed() {
        int code = netctl(answering("containers", List.of()), "swarm");

        assertThat(code).isEqualTo(1);
        assertThat(terminal.complained()).startsWith("netctl: 'swarm' is not a netctl command.");
    }

    @Test
    void aFlagBeforeTheCommandOrAWordTooManyIsNamed() {
        assertThat(netctl(answering("containers", List.of()), "--nonsense", "ps"))
                .isEqualTo(125);
        assertThat(terminal.complained()).startsWith("netctl: unknown flag: --nonsense\n");
        assertThat(netctl(answering("containers", List.of()), "ps", "web")).isEqualTo(1);
        assertThat(terminal.complained()).contains("netctl: unexpected argument: web\n");
    }

    @Test
    void aPortThatIsNotPublishedOrNoneAtAllIsRefused() {
        List<PublishedPort> ports = List.of(PublishedPort.exposed(81, "tcp"), new PublishedPort("::", 80, 80, "tcp"));
        assertThat(netctl(answering("ports", ports), "port", "web", "80/udp")).isEqualTo(1);
        assertThat(netctl(answering("ports", ports), "port", "web", "81")).isEqualTo(1);
        assertThat(netctl(answering("ports", ports), "port", "web", "x")).isEqualTo(1);
        assertThat(netctl(answering("ports", ports), "port", "web", "65536/tcp"))
                .isEqualTo(1);
        assertThat(terminal.complained()).isEqualTo("""
                no public port '80/udp' published for web
                no public port '81' published for web
                netctl: invalid port 'x': invalid syntax
                netctl: invalid port '65536': value out of range
                """);
    }

    @Test
    void portsThatNoModeCanPublishAreWarnedAbout() {
        for (String mode : List.of("host", "none")) {
            assertThat(netctl(answering("run", ID), "run", "-d", "--net", mode, "-p", "80:80", "busybox"))
                    .isZero();
            assertThat(terminal.complained())
                    .contains("WARNING: Published ports are discarded when using " + mode + " network mode\n");
        }
    }

    @Test
    void runWithoutAnImageIsRefused() {
        int code = netctl(answering("run", ID), "run", "-d");

        assertThat(code).isEqualTo(1);
        assertThat(terminal.complained()).contains("IMAGE");
    }

    @Test
    void optionsBehindTheImageBelongToTheProgram() {
        int code = netctl(
                (proxy, method, arguments) -> {
                    Netd.RunSpec spec = (Netd.RunSpec) arguments[0];
                    assertThat(spec.command()).containsExactly("ls", "-l", "--name");
                    assertThat(spec.memoryBytes()).contains(64L << 20);
                    return ID;
                },
                "run",
                "-d",
                "-m",
                "64m",
                "busybox",
                "ls",
                "-l",
                "--name");

        assertThat(code).isZero();
        assertThat(terminal.shown()).isEqualTo(ID + "\n");
    }

    @Test
    void aProgramThatIsNotThereIs127() {
        int code = netctl(failing(NetdException.Kind.COMMAND_NOT_FOUND), "run", "-d", "busybox", "nope");

        assertThat(code).isEqualTo(127);
    }

    @Test
    void aRefusalOfRunIs125() {
        int code = netctl(failing(NetdException.Kind.CONFLICT), "run", "-d", "busybox");

        assertThat(code).isEqualTo(125);
        assertThat(terminal.complained()).isEqualTo("netctl: Error response from daemon: because\n");
    }

    @Test
    void rmGoesOnPastAFailureAndSaysOne() {
        int code = netctl(
                (proxy, method, arguments) -> {
                    if (arguments[0].equals("a")) {
                        throw new NetdException(NetdException.Kind.NOT_FOUND, "No such container: a");
                    }
                    return null;
                },
                "rm",
                "a",
                "b");

        assertThat(code).isEqualTo(1);
        assertThat(terminal.shown()).isEqualTo("b\n");
        assertThat(terminal.complained()).isEqualTo("Error response from daemon: No such container: a\n");
    }

    @Test
    void byForceWhatIsNotThereIsRemoved() {
        for (String command : List.of("rm", "network rm")) {
            for (NetdException.Kind kind : List.of(NetdException.Kind.NOT_FOUND, NetdException.Kind.CONFLICT)) {
                List<String> words = new java.util.ArrayList<>(List.of(command.split(" ")));
                words.addAll(List.of("-f", "a"));
                assertThat(netctl(failing(kind), words.toArray(String[]::new)))
                        .as(command + " " + kind)
                        .isEqualTo(kind == NetdException.Kind.NOT_FOUND ? 0 : 1);
            }
        }
    }

    @Test
    void everyCommandHasHelp() {
        for (String name : io.netd.netctl.command.Commands.names()) {
            List<String> words = new java.util.ArrayList<>(List.of(name.split(" ")));
            words.add("--help");
            assertThat(netctl(answering("none", ""), words.toArray(String[]::new)))
                    .as(name)
                    .isZero();
            assertThat(terminal.shown()).contains("netctl " + name);
        }
    }

    @Test
    void helpOfACommandIsItsPageByEitherName() {
        assertThat(help("run", "--help")).isEqualTo(help("help", "run")).isEqualTo(help("run", "-d", "--help"));
        assertThat(help("help", "run"))
                .startsWith("""
                        Usage:  netctl run [OPTIONS] IMAGE [COMMAND] [ARG...]

                        Create and run a new container from an image

                        Options:
                              --cpus decimal      Number of CPUs, such as 1.5
                          -d, --detach            Run container in background and print container ID
                        """)
                .contains("\n  -p, --publish list      Publish a container's port");
        assertThat(help("rm", "--help")).startsWith("Usage:  netctl rm [OPTIONS] CONTAINER [CONTAINER...]\n");
        assertThat(help("help", "network", "ls")).startsWith("Usage:  netctl network ls [OPTIONS]\n\nList networks\n");
    }

    private String help(String... words) {
        FakeTerminal screen = new FakeTerminal();
        Netd unasked = (Netd)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Netd.class}, answering("none", ""));
        assertThat(NetctlMain.run(List.of(words), Map.of(), screen, unasked)).isZero();
        assertThat(screen.complained()).isEmpty();
        return screen.shown();
    }

    @Test
    void aWordThatSeveralCommandsShareTellsThem() {
        String page = help("network", "--help");
        assertThat(page)
                .isEqualTo(help("help", "network"))
                .startsWith("Usage:  netctl network COMMAND\n\nManage networks\n\nCommands:\n")
                .contains("\n  ls        List networks\n")
                .endsWith("\nRun 'netctl network COMMAND --help' for more information on a command.\n");

        assertThat(netctl(answering("none", ""), "network")).isZero();
        assertThat(terminal.shown()).isEmpty();
        assertThat(terminal.complained()).isEqualTo(page);
    }

    @Test
    void whatDoesNotFollowAWordOrHaveHelpIsNamed() {
        assertThat(netctl(answering("none", ""), "network", "prune")).isEqualTo(1);
        assertThat(terminal.complained()).startsWith("netctl: unknown command: netctl network prune\n");
        assertThat(netctl(answering("none", ""), "network", "-x")).isEqualTo(125);
        assertThat(terminal.complained()).contains("netctl: unknown flag: -x\n");
        assertThat(netctl(answering("none", ""), "help", "swarm")).isEqualTo(1);
        assertThat(terminal.complained()).endsWith("unknown help topic: swarm\n");
    }

    @Test
    void withoutWordsTheOverviewGoesToStandardError() {
        assertThat(netctl(answering("none", ""))).isZero();
        assertThat(terminal.shown()).isEmpty();
        assertThat(terminal.complained()).startsWith("Usage:  netctl ");
    }

    @Test
    void valuesOfOneFilterAreChoices() {
        int code = netctl(
                (proxy, method, arguments) -> {
                    assertThat(arguments[0])
                            .isEqualTo(Map.of("event", Set.of("added", "removed"), "type", Set.of("port")));
                    return null;
                },
                "events",
                "-f",
                "event=added",
                "--filter=event=removed",
                "-f",
                "type=port");

        assertThat(terminal.complained()).isEmpty();
        assertThat(code).isZero();
    }

    @Test
    void aFilterWithoutAValueIsRefused() {
        for (String filter : List.of("container", "=x", "")) {
            int code = netctl(answering("none", ""), "events", "-f", filter);

            assertThat(code).as(filter).isEqualTo(125);
            assertThat(terminal.complained())
                    .contains("netctl: invalid argument \"" + filter
                            + "\" for \"-f, --filter\" flag: bad format of filter (expected name=value)\n");
        }
    }

    @Test
    void aFlagsWrongOrMissingValueIs125AndNamesTheFlag() {
        assertThat(netctl(answering("none", ""), "run", "--cpus", "many", "busybox"))
                .isEqualTo(125);
        assertThat(terminal.complained()).startsWith("netctl: invalid argument \"many\" for \"--cpus\" flag: ");
        assertThat(netctl(answering("none", ""), "events", "-f")).isEqualTo(125);
        assertThat(terminal.complained()).contains("\nnetctl: flag needs an argument: --filter\n");
        assertThat(netctl(answering("none", ""), "port", "add", "web")).isEqualTo(1);
        assertThat(terminal.complained()).contains("\nnetctl: required flag(s) \"publish\" not set\n");
    }

    private int netctl(InvocationHandler daemon, String... words) {
        Netd netd = (Netd) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Netd.class}, daemon);
        return NetctlMain.run(List.of(words), Map.of(), terminal, netd);
    }

    private static InvocationHandler answering(String method, Object answer) {
        return (proxy, called, arguments) -> {
            assertThat(called.getName()).isEqualTo(method);
            return answer;
        };
    }

    private static InvocationHandler failing(NetdException.Kind kind) {
        return (proxy, called, arguments) -> {
            throw new NetdException(kind, "because");
        };
    }

    private static ContainerSummary running() {
        return Summaries.running(
                ID,
                List.of("httpd", "-f", "-p", "80", "-h", "/www"),
                Instant.now().minusSeconds(301),
                List.of(new PublishedPort("0.0.0.0", 8080, 80, "tcp")));
    }
}
