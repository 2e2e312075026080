package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit codes, streams and tables as docker's users know them. */
class ExitCodesIT extends NetdTestBase {
    @ParameterizedTest
    @CsvSource({
        "0,true",
        "7,exit 7",
        "137,kill -9 $$ & wait; exit 137",
    })
    void runEndsWithItsProgramsCode(int code, String script) {
        assertThat(host.netctl("run", "--rm", IMAGE, "sh", "-c", script).exitCode())
                .isEqualTo(code);
    }

    @Test
    void aSignalIs128AndItsNumber() {
        runDetached("--name", "victim", IMAGE, "sleep", "1000");
        host.netctl("kill", "victim").ok();

        assertThat(host.netctl("wait", "victim").ok()).isEqualTo("137");
    }

    @Test
    void whatCannotBeExecutedIs126() {
        Output output = host.netctl("run", "--rm", IMAGE, "/etc/passwd");

        assertThat(output.exitCode()).isEqualTo(126);
        assertThat(output.err()).contains("/etc/passwd").contains("permission denied");
    }

    @Test
    void whatIsNotThereIs127() {
        Output output = host.netctl("run", "--rm", IMAGE, "no-such-program");

        assertThat(output.exitCode()).isEqualTo(127);
        assertThat(output.err()).contains("no-such-program").contains("not found");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        Output output = host.netctl("import", "/no-such.tar", "image");

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).isEqualTo("netctl: open /no-such.tar: No such file or directory\n");
    }

    @Test
    void aVariableWithoutAValueIsTheCallers() {
        String netctl = Host.dist().resolve("bin/netctl").toString();
        for (String option : new String[] {"-e WHO", "-eWHO", "--env WHO", "--env=WHO"}) {
            assertThat(host.sh("WHO=me OTHER=x " + netctl + " run --rm " + option + " " + IMAGE
                                    + " sh -c 'echo $WHO$OTHER'")
                            .ok())
                    .as(option)
                    .isEqualTo("me");
        }
    }

    @Test
    void aMissingImageIs125AndNamed() {
        Output output = host.netctl("run", "--rm", "no-such-image", "true");

        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).contains("no-such-image");
    }

    @Test
    void aBadNameIs125AndNamed() {
        Output output = host.netctl("run", "--rm", "--name", "-/x", IMAGE, "true");

        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).contains("-/x");
    }

    @Test
    void anUnknownModeIs125AndNamed() {
        Output output = host.netctl("run", "--rm", "--net", "moon", IMAGE, "true");

        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).contains("moon");
    }

    @Test
    void aNameInUseIsRefusedWithItsHolder() {
        String id = runDetached("--name", "taken", IMAGE, "sleep", "1000");

        Output output = host.netctl("run", "-d", "--name", "taken", IMAGE, "true");

        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).contains("taken").contains(id.substring(0, 12));
    }

    @Test
    void outAndErrorStayApart() {
        Output output = host.netctl("run", "--rm", IMAGE, "sh", "-c", "echo one; echo two >&2");

        assertThat(output.out()).isEqualTo("one\n");
        assertThat(output.err()).isEqualTo("two\n");
    }

    @Test
    void noFileDescriptorOfTheHostsIsInside() {
        // The last one is what ls reads; a shell would have its pipes open now and then.
        assertThat(host.netctl("run", "--rm", IMAGE, "ls", "/proc/self/fd").ok())
                .isEqualTo("0\n1\n2\n3");
    }

    @Test
    void theProgramHasDockersCapabilities() {
        assertThat(host.netctl("run", "--rm", IMAGE, "grep", "Cap", "/proc/self/status")
                        .ok())
                .contains("CapPrm:\t00000000a80425fb")
                .contains("CapEff:\t00000000a80425fb")
                .contains("CapBnd:\t00000000a80425fb")
                .contains("CapInh:\t0000000000000000");
    }
}
