package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with somebody else's address plugin is told, and leaves nothing. */
class AddressProgramFaultsIT extends AddressProgramTestBase {
    private static final int HUNG = 20;

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "echo '{\"code\":77,\"msg\":\"no more\",\"details\":\"d\"}'; exit 1#77#no more",
                "echo rubbish; exit 1#999#netplugin failed but error parsing its diagnostic message \"rubbish\"",
                "exit 3#999#netplugin failed with no error message: exit status 3",
                "echo why >&2; exit 3#999#netplugin failed: \"why\": exit status 3",
                "kill -KILL $$#999#netplugin failed with no error message: exit status 137",
                "echo rubbish; exit 0#6#ipam.type \"book\" has answered no result: ",
                "echo '{\"ips\":5}'; exit 0#6#ipam.type \"book\" has answered no result: ips 5: must be a list",
                "exit 0#6#ipam.type \"book\" has answered no result: ",
                "head -c 10485760 /dev/zero | tr '\\0' x; exit 0#6#more than 1048576 bytes",
                "echo '{\"cniVersion\":\"1.0.0\"}'; exit 0#999#IPAM plugin returned missing IP config",
                "sleep 1000#11#ipam.type \"book\" ADD: not finished after PT1S",
            })
    void aFaultIsToldAndTakenBack(String behaviour, int code, String message) {
        behave("ADD", "echo >held.pod1.eth0; " + behaviour);

        JsonNode failure = failure("ADD", IMPATIENT);

        assertThat(failure.at("/msg").asText()).contains(message);
        assertThat(failure.at("/code").asInt()).isEqualTo(code);
        assertThat(calls()).isEqualTo("ADD DEL");
        call(OURS, "DEL", IMPATIENT).ok();
    }

    @Test
    void whatFailsAfterwardsGivesTheAddressBack() {
        host.run("ip", "-n", "pod", "link", "add", "other", "type", "veth", "peer", "name", "end")
                .ok();
        write(
                "/run/book/answer",
                ANSWER.replace("\"dst\":\"0.0.0.0/0\"", "\"dst\":\"10.9.0.0/16\",\"gw\":\"10.200.0.1\""));

        failure("ADD", USUAL);

        assertThat(calls()).isEqualTo("ADD DEL");
        call(OURS, "DEL", USUAL).ok();
    }

    @Test
    void aHungProgramTakesItsChildrenAlong() {
        behave("ADD", "sleep 987654 & wait");

        failure("ADD", IMPATIENT);

        assertThat(host.sh("ps -eo args").ok()).doesNotContain("\nsleep 987654\n");
        call(OURS, "DEL", IMPATIENT).ok();
    }

    @Test
    void aDelThatFailsIsAFailureUntilItSucceeds() {
        call(OURS, "ADD", USUAL).ok();
        behave("DEL", "echo '{\"code\":11,\"msg\":\"not now\"}'; exit 1");

        JsonNode failure = failure("DEL", USUAL);

        assertThat(failure.at("/code").asInt()).isEqualTo(11);
        assertThat(failure.at("/msg").asText()).endsWith("not now");
        assertThat(host.sh("ip -n pod link show eth0; true").ok())
                .as("the rest is gone")
                .isEmpty();
        host.run("rm", "/run/book/behave.DEL").ok();
        call(OURS, "DEL", USUAL).ok();
    }

    @Test
    void aKilledDaemonsProgramDiesWithItAndItsDelIsTheLastWord() throws InterruptedException {
        behave("ADD", "echo >held.pod1.eth0; echo $$ >pid; exec sleep 987654");
        Thread caller = new Thread(() -> call(OURS, "ADD", USUAL));
        caller.start();
        long pid = awaitPid();
        daemon.kill();
        caller.join();

        ProcessHandle.of(pid)
                .ifPresent(program ->
                        program.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        daemon = Daemon.start(host, options());

        assertThat(calls()).isEqualTo("ADD DEL");
        call(OURS, "DEL", USUAL).ok();
        assertThat(calls()).isEqualTo("ADD DEL DEL");
    }

    @Test
    void standardErrorIsTheCallers() {
        behave("ADD", "echo by the way >&2");

        Output output = call(OURS, "ADD", USUAL);

        assertThat(output.err()).isEqualTo("by the way\n");
        call(OURS, "DEL", USUAL).ok();
    }

    @Test
    void twentyThatHangHoldUpNobodyElse() throws InterruptedException {
        behave("ADD", "echo $$ >>pids; exec sleep 987654");
        List<Process> hung = new ArrayList<>();
        for (int i = 0; i < HUNG; i++) {
            hung.add(host.startPlugin(OURS, USUAL, hanging("ADD", i)));
        }
        awaitLines("/run/book/pids", HUNG);

        Map<String, String> other = Map.of("CNI_CONTAINERID", "other", "CNI_IFNAME", "eth9");
        String leases = "\"host-local\",\"subnet\":\"10.72.0.0/24\",\"dataDir\":\"/run/book/leases\"";
        String config = USUAL.replace("\"book\"", leases).replace("cni-book0", "cni-other0");
        host.plugin(OURS, config, withCommand("ADD", other)).ok();
        assertThat(host.sh("ip -n pod -o -4 address show dev eth9").ok()).contains("10.72.0.2/24");

        host.plugin(OURS, config, withCommand("DEL", other)).ok();
        host.sh("ip link del cni-other0; kill $(cat /run/book/pids)").ok();
        for (Process call : hung) {
            assertThat(call.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(call.exitValue()).isEqualTo(1);
        }
        for (int i = 0; i < HUNG; i++) {
            host.plugin(OURS, USUAL, hanging("DEL", i)).ok();
        }
    }

    private static Map<String, String> hanging(String command, int number) {
        return withCommand(command, Map.of("CNI_CONTAINERID", "hung" + number, "CNI_IFNAME", "hung" + number));
    }

    private static Map<String, String> withCommand(String command, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_PATH", "/run/plugins");
        return environment;
    }

    private void awaitLines(String file, int lines) {
        host.sh("for i in $(seq 300); do [ $(cat " + file + " 2>/dev/null | wc -l) = " + lines
                        + " ] && exit; sleep 0.1; done; exit 1")
                .ok();
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        JsonNode missing = json(
                call(OURS, "ADD", USUAL, Map.of("CNI_PATH", "/nowhere:/run")).out());
        assertThat(missing.at("/code").asInt()).isEqualTo(7);
        assertThat(missing.at("/msg").asText()).contains("failed to find plugin \"book\" in path [/nowhere", "/run]");
        JsonNode pathless =
                json(call(OURS, "ADD", USUAL, Map.of("CNI_PATH", "")).out());
        assertThat(pathless.at("/code").asInt()).isEqualTo(4);
        assertThat(pathless.at("/msg").asText()).contains("CNI_PATH");
        JsonNode separated = json(call(OURS, "ADD", USUAL.replace("\"book\"", "\"../plugins/book\""))
                .out());
        assertThat(separated.at("/code").asInt()).isEqualTo(7);
        assertThat(separated.at("/msg").asText()).contains("path separator");
        assertThat(calls()).isEmpty();
    }

    @Test
    void aHungStatusIsNoAnswer() {
        behave("STATUS", "sleep 987654");

        assertThat(failure("STATUS", USUAL).at("/code").asInt()).isEqualTo(50);
    }

    private long awaitPid() throws InterruptedException {
        String pid = "";
        while (pid.isEmpty()) {
            pid = host.sh("cat /run/book/pid 2>/dev/null; true").ok();
        }
        return Long.parseLong(pid);
    }
}
