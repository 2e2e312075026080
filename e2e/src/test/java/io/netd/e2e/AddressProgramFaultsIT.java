package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with somebody else's address plugin is told, and leaves nothing. */
class AddressProgramFaultsIT extends AddressProgramTestBase {
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
