package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code bridge} with somebody else's address plugin, beside Debian's reference plugin with the same one. */
class AddressProgramIT extends AddressProgramTestBase {
    @Test
    void itIsCalledAsTheReferenceCallsIt() {
        compareWithTheReference();
    }

    @Test
    void withoutADaemonToo() {
        daemon.terminate();
        try {
            compareWithTheReference();
        } finally {
            daemon = Daemon.start(host, options());
        }
    }

    private void compareWithTheReference() {
        String config = USUAL.replace("1.1.0", "1.0.0");
        JsonNode reference = json(call(REFERENCE, "ADD", config).ok());
        call(REFERENCE, "DEL", config).ok();
        String environment = environment("ADD") + environment("DEL");
        JsonNode input = json(read("/run/book/stdin.ADD"));
        host.run("ip", "link", "del", "cni-book0").ok();
        host.run("rm", "/run/book/calls").ok();

        String answer = call(OURS, "ADD", config).ok();

        assertThat(json(answer).at("/ips")).isEqualTo(reference.at("/ips"));
        assertThat(json(answer).at("/routes")).isEqualTo(reference.at("/routes"));
        assertThat(host.sh("ip -n pod address show dev eth0; ip -n pod route").ok())
                .contains("10.71.0.9/24", "default via 10.71.0.1");
        assertThat(read("/run/book/links.ADD")).as("it runs on the host").contains("cni-book0");
        assertThat(read("/run/book/inside")).as("the interface is there").contains("eth0", "UP");
        assertThat(json(read("/run/book/stdin.ADD"))).isEqualTo(input);
        call(OURS, "CHECK", chained(config, answer)).ok();
        assertThat(json(read("/run/book/stdin.CHECK"))).isEqualTo(json(chained(config, answer)));
        call(OURS, "DEL", config).ok();
        assertThat(environment("ADD") + environment("DEL")).isEqualTo(environment);
        assertThat(calls()).isEqualTo("ADD CHECK DEL");
    }

    @Test
    void ptpHasItsInterfaceUpBeforeTheProgramIsAsked() {
        String config = """
                {"cniVersion":"1.0.0","name":"booked","type":"ptp","ipam":{"type":"book"}}
                """;

        String answer = call(Host.ours("ptp"), "ADD", config).ok();

        assertThat(read("/run/book/inside")).contains("eth0", "UP");
        assertThat(json(answer).at("/ips/0/address").asText()).isEqualTo("10.71.0.9/24");
        call(Host.ours("ptp"), "DEL", config).ok();
        assertThat(calls()).isEqualTo("ADD DEL");
    }

    @Test
    void checkOfPtpAsksItAndTellsWhatItSays() {
        String config = """
                {"cniVersion":"1.0.0","name":"booked","type":"ptp","ipam":{"type":"book"}}
                """;
        String chained = chained(config, call(Host.ours("ptp"), "ADD", config).ok());

        call(Host.ours("ptp"), "CHECK", chained).ok();
        assertThat(json(read("/run/book/stdin.CHECK"))).isEqualTo(json(chained));
        host.sh("rm /run/book/held.*").ok();
        Output refused = call(Host.ours("ptp"), "CHECK", chained);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(json(refused.out()).at("/code").asInt()).isEqualTo(123);
        assertThat(json(refused.out()).at("/msg").asText()).contains("nothing is held");
        call(Host.ours("ptp"), "DEL", config).ok();
        assertThat(calls()).isEqualTo("ADD CHECK CHECK DEL");
    }

    @Test
    void delNeedsNeitherNamespaceNorConfigurationNorPath() {
        call(OURS, "ADD", USUAL).ok();
        host.run("ip", "netns", "del", "pod").ok();
        daemon.kill();
        daemon = Daemon.start(host, options());

        // The daemon may have found out by itself that the namespace is gone.
        call(OURS, "DEL", "{\"cniVersion\":\"1.0.0\",\"name\":\"booked\",\"type\":\"bridge\"}", Map.of("CNI_PATH", ""))
                .ok();

        assertThat(calls()).isEqualTo("ADD DEL");
        assertThat(json(read("/run/book/stdin.DEL"))).isEqualTo(json(USUAL));
        assertThat(environment("DEL")).contains("CNI_NETNS=\n", "CNI_CONTAINERID=pod1", "K8S_POD_NAME=p");
    }

    @Test
    void delOfWhatNobodyKnowsReachesIt() {
        call(OURS, "DEL", USUAL).ok();

        assertThat(calls()).isEqualTo("DEL");
    }

    @Test
    void itsAddressesAreInTheHandOfWhomeverTheReferenceLeavesThemTo() {
        call(REFERENCE, "ADD", USUAL.replace("1.1.0", "1.0.0")).ok();

        call(OURS, "DEL", USUAL).ok();

        assertThat(calls()).isEqualTo("ADD DEL");
    }

    @Test
    void itIsAProgramOfTheCallersFiles() {
        String call =
                "mount -t tmpfs tmpfs /mnt && cp /run/plugins/book /mnt/elsewhere && ln -s /mnt/elsewhere /mnt/book"
                        + " && rm /run/plugins/book && cat /run/book/config | CNI_PATH=/mnt CNI_COMMAND=";
        write("/run/book/config", USUAL);
        Map<String, String> environment =
                Map.of("CNI_CONTAINERID", "pod1", "CNI_NETNS", "/run/netns/pod", "CNI_IFNAME", "eth0");

        String script = call + "ADD " + OURS + " && CNI_PATH=/mnt CNI_COMMAND=DEL " + OURS + " </run/book/config";
        host.run(environment, new byte[0], "unshare", "--mount", "sh", "-c", script)
                .ok();

        assertThat(calls()).isEqualTo("ADD DEL");
    }

    @Test
    void statusAndGcReachIt() {
        call(OURS, "ADD", USUAL).ok();
        call(OURS, "STATUS", USUAL).ok();
        write("/run/book/full", "");
        assertThat(failure("STATUS", USUAL).toString()).contains("\"code\":50", "the book is full");

        String valid = ",\"cni.dev/valid-attachments\":[{\"containerID\":\"pod1\",\"ifname\":\"eth0\"}]}";
        call(OURS, "GC", USUAL.strip().replaceFirst("}$", valid)).ok();
        assertThat(json(read("/run/book/stdin.GC"))
                        .at("/cni.dev~1valid-attachments/0/containerID")
                        .asText())
                .isEqualTo("pod1");
        call(OURS, "GC", USUAL.strip().replaceFirst("}$", ",\"cni.dev/valid-attachments\":[]}"))
                .ok();

        assertThat(calls()).isEqualTo("ADD STATUS STATUS GC DEL GC");
    }

    @Test
    void debiansStaticUnderAnotherNameIsAProgramToo() {
        host.run("cp", "/usr/lib/cni/static", "/run/plugins/other").ok();
        String config = """
                {"cniVersion":"1.0.0","name":"other","type":"bridge","bridge":"cni-book0",
                 "ipam":{"type":"other","addresses":[{"address":"10.72.0.5/24"},{"address":"fd72::5/64"}]}}
                """;

        String answer = call(OURS, "ADD", config).ok();

        assertThat(json(answer).at("/ips").findValuesAsText("address")).containsExactly("10.72.0.5/24", "fd72::5/64");
        call(OURS, "CHECK", chained(config, answer)).ok();
        call(OURS, "DEL", config).ok();
    }

    /** The variables of the protocol that the program was called with. */
    private String environment(String command) {
        return read("/run/book/env." + command)
                .lines()
                .filter(line -> line.startsWith("CNI_") || line.startsWith("PATH="))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
