package io.netd.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A throw-away host: network, mount and IPC namespaces of its own with fresh {@code /run} and {@code /var/lib}, an
 * uplink {@value #ADDRESS} to a neighbour on the wire, {@value #NEIGHBOUR}. Everything in it ends with the process
 * that holds it.
 */
final class Host implements AutoCloseable {
    static final String ADDRESS = "203.0.113.2";
    static final String NEIGHBOUR = "203.0.113.1";
    static final String CGROUPS = "/netd-e2e-" + ProcessHandle.current().pid();
    private static final String SETUP = """
            set -e
            mkdir -p /run/keep; mount --rbind /sys/fs/cgroup /run/keep
            mount -t sysfs sysfs /sys; mount --rbind /run/keep /sys/fs/cgroup; umount -l /run/keep
            exec 9<"$PROJECT"
            mount -t tmpfs tmpfs /run; mount -t tmpfs tmpfs /var/lib; mount -t tmpfs tmpfs /tmp
            # The project itself may lie below one of these.
            [ -e "$PROJECT/pom.xml" ] || { mkdir -p "$PROJECT"; mount --no-canonicalize --bind /proc/self/fd/9 "$PROJECT"; }
            exec 9<&-
            mkdir -p /run/lock /run/netns
            ip link set lo up
            ip netns add wire
            ip link add uplink type veth peer name eth0 netns wire
            ip address add 203.0.113.2/24 dev uplink; ip link set uplink up
            ip -n wire address add 203.0.113.1/24 dev eth0; ip -n wire link set eth0 up; ip -n wire link set lo up
            ip route add default via 203.0.113.1
            echo ready
            exec cat
            """;

    private final Process holder;

    private Host(Process holder) {
        this.holder = holder;
    }

    static Host create() {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            "unshare", "--net", "--mount", "--ipc", "--propagation", "private", "sh", "-c", SETUP)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("PROJECT", Shell.root().toString());
            Process holder = builder.start();
            InputStream out = holder.getInputStream();
            String line = new String(out.readNBytes("ready\n".length()), StandardCharsets.UTF_8);
            if (!line.equals("ready\n")) {
                throw new AssertionError("the throw-away host was not made; see standard error");
            }
            return new Host(holder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a program in this host. */
    Output run(String... command) {
        return run(Map.of(), new byte[0], command);
    }

    /** Runs a program in this host with variables and input. */
    Output run(Map<String, String> environment, byte[] input, String... command) {
        return Shell.run(inside(command), environment, input);
    }

    /** Runs a line of shell in this host. */
    Output sh(String line) {
        return run("sh", "-c", line);
    }

    /** Starts a program in this host that goes on; the caller ends it. */
    Process start(String... command) {
        try {
            return new ProcessBuilder(inside(command)).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Output netctl(String... words) {
        List<String> command =
                new ArrayList<>(List.of(dist().resolve("bin/netctl").toString()));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new));
    }

    /**
     * What {@code update-alternatives} does on this host alone: its iptables is the legacy one. Tables are there from their
     * first use on, and nobody can take them away again.
     */
    void useLegacyIptables() {
        sh("""
                set -e
                cp -a /etc/alternatives /run/alternatives
                mount -t tmpfs tmpfs /etc/alternatives
                cp -a /run/alternatives/. /etc/alternatives
                rm -r /run/alternatives
                for program in iptables ip6tables; do
                    for part in "" -save -restore; do
                        ln -sfn "/usr/sbin/$program-legacy$part" "/etc/alternatives/$program$part"
                    done
                done
                for table in filter nat raw; do iptables -t $table -S; done
                """).ok();
    }

    /** A file of this host as this process reaches it. */
    Path file(String path) {
        return Path.of("/proc/" + holder.pid() + "/root" + path);
    }

    static Path dist() {
        return Shell.root().resolve("dist/target/netd");
    }

    private List<String> inside(String... command) {
        List<String> words = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(holder.pid()), "--net", "--mount", "--ipc", "--"));
        words.addAll(List.of(command));
        return words;
    }

    @Override
    public void close() {
        holder.destroy();
    }

    /**
     * Calls a CNI plugin for eth0 of container pod1 in namespace pod.
     *
     * @param program its path
     * @param environment what is otherwise, with the command
     * @param arguments none, unless the program is another one that runs the plugin
     */
    Output plugin(String program, String config, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return run(
                pluginsEnvironment(environment),
                config.getBytes(StandardCharsets.UTF_8),
                command.toArray(String[]::new));
    }

    /** Starts what {@link #plugin} calls. */
    Process startPlugin(String program, String config, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(inside(program)).redirectErrorStream(true);
            builder.environment().putAll(pluginsEnvironment(environment));
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(config.getBytes(StandardCharsets.UTF_8));
            }
            return process;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> pluginsEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "CNI_CONTAINERID", "pod1",
                "CNI_NETNS", "/run/netns/pod",
                "CNI_IFNAME", "eth0",
                "CNI_PATH", dist().resolve("cni").toString()));
        all.putAll(more);
        return all;
    }

    /** Where netd's own plugin of that name is. */
    static String ours(String plugin) {
        return dist().resolve("cni").resolve(plugin).toString();
    }
}
