package io.netd.netctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.netctl.api.CniSetup;
import io.netd.netctl.api.DoctorCheck.Verdict;
import io.netd.netctl.api.Netd;
import io.netd.netctl.api.PluginChange;
import io.netd.netctl.api.PluginChange.Action;
import io.netd.netctl.api.PluginCheck;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the cni commands ask for and print. */
class CniCommandsTest {
    private final FakeTerminal terminal = new FakeTerminal();
    private final List<String> asked = new ArrayList<>();
    private List<PluginChange> changes = List.of();
    private List<PluginCheck> checks = List.of();

    private final CniSetup setup = new CniSetup() {
        @Override
        public void install(String pluginFolder, Consumer<PluginChange> done) {
            asked.add("install " + pluginFolder);
            changes.forEach(done);
        }

        @Override
        public void uninstall(String pluginFolder, Consumer<PluginChange> done) {
            asked.add("uninstall " + pluginFolder);
            changes.forEach(done);
        }

        @Override
        public List<PluginCheck> check(String configFolder, String pluginFolder) {
            asked.add("check " + configFolder + " " + pluginFolder);
            return checks;
        }
    };

    private int run(String... words) {
        Netd netd = (Netd) Proxy.newProxyInstance(
                CniCommandsTest.class.getClassLoader(),
                new Class<?>[] {Netd.class},
                (proxy, method, arguments) -> setup);
        return NetctlMain.run(List.of(words), Map.of(), terminal, netd);
    }

    @Test
    void uninstallHasTwoSpellings() {
        run("cni", "install");
        run("cni", "install", "--uninstall", "--dir", "/a");
        run("cni", "uninstall", "--dir", "/a");

        assertThat(asked).containsExactly("install /opt/cni/bin", "uninstall /a", "uninstall /a");
        assertThat(terminal.shown()).isEqualTo("no plugin of netd is installed in /a\n".repeat(2));
    }

    @Test
    void everyChangeIsALine() {
        changes = List.of(
                new PluginChange("/b", Action.MADE, Optional.empty()),
                new PluginChange("/b/x", Action.INSTALLED, Optional.of("/b/k")),
                new PluginChange("/b/y", Action.INSTALLED, Optional.empty()),
                new PluginChange("/b/z", Action.LEFT_ALONE, Optional.of("/b/k")));

        assertThat(run("cni", "install")).isZero();
        assertThat(terminal.shown()).isEqualTo("""
                made /b
                installed /b/x, what stood there is kept as /b/k
                installed /b/y
                left alone /b/z: it is not netd's any more; what stood there before is /b/k
                """);
    }

    @Test
    void aProgramGetsNothingForNothing() {
        run("cni", "uninstall", "--format", "json");

        assertThat(terminal.shown()).isEmpty();
    }

    @Test
    void aFailedCheckIsTheExitCode() {
        PluginCheck good = new PluginCheck("n", true, "10.conf", "bridge", Verdict.OK, "served");
        checks = List.of(good);
        assertThat(run("cni", "check")).isZero();
        checks = List.of(good, new PluginCheck("m", false, "20.conf", "ptp", Verdict.FAILED, "no program"));
        assertThat(run("cni", "check", "--format", "{{.Network}} {{.Verdict}} {{.IsDefault}}"))
                .isEqualTo(1);

        assertThat(asked).containsOnly("check /etc/cni/net.d /opt/cni/bin");
        assertThat(terminal.shown()).isEqualTo("""
                NETWORK   FILE      PLUGIN   VERDICT   FINDING
                n         10.conf   bridge   ok        served

                default network: n (10.conf)
                n ok true
                m FAIL false
                """);
    }
}
