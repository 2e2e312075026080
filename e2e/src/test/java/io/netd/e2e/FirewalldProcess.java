package io.netd.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A system bus and a firewalld of a throw-away host, out of unpacked packages. Its default zone drops everything. */
final class FirewalldProcess implements AutoCloseable {
    private static final String NAME = "org.fedoraproject.FirewallD1";
    private static final Path FOLDER = Shell.root().resolve("e2e/target/firewalld");
    private static final String BUS = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen>
            <policy context="default"><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
            <allow user="*"/></policy></busconfig>
            """;
    private static final String AWAIT = "for i in $(seq 200); do %s && exit 0; sleep 0.05; done; exit 1";

    private final Host host;
    private final List<Process> processes = new ArrayList<>();

    private FirewalldProcess(Host host) {
        this.host = host;
    }

    static FirewalldProcess start(Host host) {
        if (!Files.isDirectory(FOLDER)) {
            throw new AssertionError("firewalld is not there; build/unpack-firewalld " + FOLDER + " fetches it");
        }
        FirewalldProcess process = new FirewalldProcess(host);
        host.sh("cp -r " + FOLDER + "/etc/firewalld /run/firewalld-config;"
                        + " sed -i s/^DefaultZone=.*/DefaultZone=drop/ /run/firewalld-config/firewalld.conf")
                .ok();
        process.processes.add(startBus(host));
        process.begin();
        return process;
    }

    /** A system bus that lets everybody do everything. */
    static Process startBus(Host host) {
        host.sh("mkdir -p /run/dbus; cat >/run/dbus.conf <<'END'\n" + BUS + "END\n")
                .ok();
        Process bus = host.start("dbus-daemon", "--config-file=/run/dbus.conf", "--nofork", "--nopidfile");
        await(host, "[ -S /run/dbus/system_bus_socket ]");
        return bus;
    }

    static void await(Host host, String condition) {
        host.sh(AWAIT.formatted(condition)).ok();
    }

    /** Starts firewalld and waits until it answers. */
    void begin() {
        processes.add(host.start(
                "env",
                "PYTHONPATH=" + FOLDER + "/usr/lib/python3/dist-packages",
                "/usr/bin/python3",
                FOLDER + "/usr/sbin/firewalld",
                "--nofork",
                "--nopid",
                "--default-config=" + FOLDER + "/usr/lib/firewalld",
                "--system-config=/run/firewalld-config",
                "--log-file=/run/firewalld.log"));
        await(host, call("getDefaultZone") + " >/dev/null 2>&1");
        useZones();
    }

    /** Ends firewalld and leaves the bus. */
    void end() {
        end(processes.remove(1));
    }

    /** Makes it read its configuration again, after which it knows nothing else. */
    void reload() {
        host.sh(call("reload")).ok();
        useZones();
    }

    /** A zone's chains come with its first use and stay. */
    private void useZones() {
        for (String zone : List.of("home", "trusted", "work")) {
            for (String source : List.of("192.0.2.99/32", "2001:db8::99/128")) {
                zone("addSource", zone, source).ok();
                zone("removeSource", zone, source).ok();
            }
        }
    }

    Output zone(String method, String zone, String source) {
        return host.sh(call("zone." + method) + " string:" + zone + " string:" + source);
    }

    /** The addresses of a zone, a line each with the zone's name. */
    String sources(String zone) {
        Output output = host.sh(call("zone.getSources") + " string:" + zone
                + " | grep -o '\"[^\"]*\"' | tr -d '\"' | sort | sed 's,^," + zone + " ,'");
        output.ok();
        return output.out();
    }

    private static String call(String method) {
        return "dbus-send --system --print-reply --dest=" + NAME + " /org/fedoraproject/FirewallD1 " + NAME + "."
                + method;
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            end(processes.get(i));
        }
    }
}
