package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code netctl cni check} on a runtime's networks, good and bad. */
class CniCheckIT extends NetdTestBase {
    private static final String GOOD = """
            {"cniVersion":"1.0.0","name":"pods","plugins":[
             {"type":"bridge","isDefaultGateway":true,"ipMasq":true,"capabilities":{"ips":true},
              "ipam":{"type":"host-local","ranges":[[{"subnet":"10.34.0.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
             {"type":"portmap","capabilities":{"portMappings":true}},
             {"type":"vrf"}]}
            """;

    @BeforeEach
    void furnishTheFolders() {
        host.sh("mkdir /tmp/net.d /tmp/plugins; cp /usr/lib/cni/vrf /tmp/plugins")
                .ok();
        host.netctl("cni", "install", "--dir", "/tmp/plugins").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.sh("rm -rf /tmp/net.d /tmp/plugins");
        super.hostIsAsBefore();
    }

    @Test
    void aGoodNetworkIsFoundGoodWithAndWithoutTheDaemon() {
        write("10-pods.conflist", GOOD);
        String table = """
                NETWORK   FILE               PLUGIN    VERDICT   FINDING
                pods      10-pods.conflist   bridge    ok        netd serves it
                pods      10-pods.conflist   portmap   ok        netd serves it
                pods      10-pods.conflist   vrf       ok        not netd's; /tmp/plugins/vrf

                default network: pods (10-pods.conflist)""";

        assertThat(check().ok()).isEqualTo(table);
        daemon.terminate();
        assertThat(check().ok()).isEqualTo(table);
        daemon = Daemon.start(host, options());
    }

    @Test
    void whatWouldFailIsToldByFileAndPlugin() {
        write("05-broken.conf", "{\"name\":");
        write("06-huge.conf", " ".repeat((1 << 20) + 1));
        write("10-pods.conflist", GOOD);
        write("20-vlan.conf", "{\"cniVersion\":\"1.0.0\",\"name\":\"v\",\"type\":\"bridge\",\"vlan\":5000}");
        write("30-future.json", "{\"cniVersion\":\"9.0.0\",\"name\":\"f\",\"type\":\"bridge\"}");
        write("40-else.json", "{\"cniVersion\":\"1.0.0\",\"name\":\"e\",\"type\":\"sriov\"}");
        write("50-typo.json", "{\"cniVersion\":\"1.0.0\",\"name\":\"t\",\"type\":\"bridge\",\"ipMask\":true}");
        write("README", "not a network");

        Output output = check();

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out())
                .containsPattern("05-broken.conf +FAIL +error unmarshall network config: Unexpected end-of-input")
                .containsPattern("06-huge.conf +FAIL .*more than 1048576 bytes")
                .containsPattern("v +20-vlan.conf +bridge +FAIL +vlan 5000: must be a whole number")
                .containsPattern("f +30-future.json +bridge +FAIL .*cniVersion \"9.0.0\" is not supported")
                .containsPattern("e +40-else.json +sriov +FAIL +no program /tmp/plugins/sriov")
                .containsPattern("t +50-typo.json +bridge +warn +unknown option, ignored: ipMask")
                .endsWith("default network: pods (10-pods.conflist)\n")
                .doesNotContain("README");
    }

    @Test
    void itIsJsonForPrograms() {
        write("10-pods.conflist", GOOD);

        String first = check("--format", "json").ok().lines().findFirst().orElseThrow();

        assertThat(json(first).at("/Plugin").asText()).isEqualTo("bridge");
        assertThat(json(first).at("/Verdict").asText()).isEqualTo("ok");
        assertThat(json(first).at("/IsDefault").asText()).isEqualTo("true");
    }

    @Test
    void aPluginThatIsNotNetdsIsTold() {
        write("10-pods.conflist", GOOD);
        host.sh(
                        "cp /usr/lib/cni/bridge /tmp/plugins/new; mv /tmp/plugins/new /tmp/plugins/bridge; rm /tmp/plugins/portmap")
                .ok();

        Output output = check();

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out())
                .containsPattern("bridge +warn +/tmp/plugins/bridge is not netd's: netctl cni install")
                .containsPattern("portmap +FAIL +no program /tmp/plugins/portmap: netctl cni install");
    }

    @Test
    void variablesOfOtherCallsDoNotMatter() {
        write("10-pods.conflist", GOOD);
        String netctl = Host.dist().resolve("bin/netctl").toString();

        host.sh("CNI_NETNS=/run/netns/none CNI_COMMAND=ADD CNI_CONTAINERID=? " + netctl
                        + " cni check --conf-dir /tmp/net.d --dir /tmp/plugins")
                .ok();
    }

    @Test
    void aDaemonThatHangsIsTold() {
        write("10-pods.conflist", GOOD);
        host.run("kill", "-STOP", Long.toString(daemon.pid())).ok();
        Output output = check();
        host.run("kill", "-CONT", Long.toString(daemon.pid())).ok();

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out()).containsPattern("bridge +FAIL .*does not answer");
    }

    @Test
    void aRuntimeWithoutNetworksIsToldSo() {
        assertThat(check().err())
                .isEqualTo("netctl: /tmp/net.d: no *.conflist, *.conf or *.json, so a runtime has no network\n");
        assertThat(host.netctl("cni", "check", "--conf-dir", "/tmp/none").err())
                .isEqualTo("netctl: /tmp/none: no such file or directory\n");
    }

    private Output check(String... options) {
        String[] words = new String[6 + options.length];
        System.arraycopy(
                new String[] {"cni", "check", "--conf-dir", "/tmp/net.d", "--dir", "/tmp/plugins"}, 0, words, 0, 6);
        System.arraycopy(options, 0, words, 6, options.length);
        return host.netctl(words);
    }

    private void write(String name, String text) {
        host.run(Map.of(), text.getBytes(StandardCharsets.UTF_8), "sh", "-c", "cat >/tmp/net.d/" + name)
                .ok();
    }
}
