package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Where firewalld is told to let through no ports that others publish, none is published. */
class StrictForwardPortsIT extends NetdTestBase {
    private static final String REFUSAL =
            "Error response from daemon: port forwarding not possible as firewalld StrictForwardPorts enabled\n";
    private static final String PROGRAM = Shell.root()
            .resolve("e2e/src/test/resources/io/netd/e2e/strict-firewalld.py")
            .toString();

    private final List<Process> processes = new ArrayList<>();

    @Override
    void furnish() {
        set("no");
        processes.add(FirewalldProcess.startBus(host));
        processes.add(host.start("/usr/bin/python3", PROGRAM, "/run/strict"));
        FirewalldProcess.await(
                host,
                "dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner"
                        + " string:org.fedoraproject.FirewallD1 >/dev/null 2>&1");
    }

    @AfterAll
    @Override
    void uninstalledNetdLeavesNoTrace() {
        try {
            super.uninstalledNetdLeavesNoTrace();
        } finally {
            processes.forEach(Process::destroy);
        }
    }

    @Test
    void portsAreRefusedWhileItIsOn() {
        runDetached("--name", "web", "-p", "8150:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");

        set("yes");

        Output refused = host.netctl("run", "-d", "--name", "more", "-p", "8151:80", IMAGE, "sleep", "1000");
        assertThat(refused.exitCode()).isEqualTo(125);
        assertThat(refused.err()).endsWith(REFUSAL);
        host.netctl("rm", "-f", "more");
        Output added = host.netctl("port", "add", "web", "-p", "8152:80");
        assertThat(added.exitCode()).isEqualTo(1);
        assertThat(added.err()).endsWith(REFUSAL);
        assertThat(host.sh("ss -Htln").ok()).contains(":8150").doesNotContain(":8151", ":8152");
        assertThat(host.netctl("run", "--rm", IMAGE, "echo", "without ports").ok())
                .isEqualTo("without ports");
        host.netctl("port", "rm", "web", "-p", "8150:80").ok();

        set("no");
        host.netctl("port", "add", "web", "-p", "8152:80").ok();
    }

    /** firewalld reads its configuration with a change of its rules. */
    private void set(String value) {
        host.sh("echo " + value + " >/run/strict; nft 'add table inet firewalld; delete table inet firewalld'")
                .ok();
    }
}
