package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens is heard by everybody on the bus, and containers of others are connected over it. */
class EventsIT extends NetdTestBase {
    private static final String BUS = "/run/netd/bus.sock";
    private static final String CREATED = """
            {"id":"foreign1","name":"foreign","networkNamespace":"/run/netns/mine","annotations":{"netd.publish":"8073:80"}}
            """;

    @BeforeEach
    void makeANamespace() {
        host.run("ip", "netns", "add", "mine").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.run("ip", "netns", "del", "mine");
        super.hostIsAsBefore();
    }

    @Test
    void aContainerOfSomebodyElseIsConnectedOverTheBus() {
        try (BusClient runtime = BusClient.connect(host.file(BUS));
                BusClient listener = BusClient.connect(host.file(BUS))) {
            listener.register("netd.events");
            hears(listener);

            JsonNode answer = runtime.ask("netd.container.created", CREATED);

            assertThat(answer.at("/type").asText()).as(answer.toString()).isEqualTo("message");
            String address = answer.at("/body/addresses/0").asText();
            assertThat(host.sh("ip -n mine -o -4 address show dev eth0").ok()).contains(address + "/");
            assertThat(host.sh("iptables -t nat -S").ok()).contains("8073").contains(address);
            JsonNode added = listener.event("netd.attachment.added");
            assertThat(added.at("/payload/container").asText()).isEqualTo("foreign1");
            assertThat(added.at("/payload/addresses/0").asText()).startsWith(address);

            runtime.ask("netd.container.died", "{\"id\":\"foreign1\",\"name\":\"foreign\",\"exitCode\":0}");

            assertThat(listener.event("netd.attachment.removed")
                            .at("/payload/container")
                            .asText())
                    .isEqualTo("foreign1");
            assertThat(host.sh("ip -n mine -o link").ok().lines()).hasSize(1);
            assertThat(host.sh("iptables -t nat -S").ok()).doesNotContain("8073");
        }
    }

    @Test
    void whatMakesNoSenseIsAnsweredAndNamed() {
        try (BusClient runtime = BusClient.connect(host.file(BUS))) {
            JsonNode answer = runtime.ask(
                    "netd.container.created", "{\"id\":\"foreign1\",\"networkNamespace\":\"/run/netns/gone\"}");

            assertThat(answer.at("/type").asText()).as(answer.toString()).isEqualTo("err");
            assertThat(answer.at("/message").asText()).contains("/run/netns/gone");
        }
    }

    @Test
    void netctlPrintsWhatHappens() {
        String log = "/run/events";
        Process events = host.start("sh", "-c", "exec " + Host.dist() + "/bin/netctl events >" + log);
        try (BusClient runtime = BusClient.connect(host.file(BUS))) {
            host.sh("for i in $(seq 50); do grep -q . " + log + " && exit; " + Host.dist() + "/bin/netctl run --rm "
                            + IMAGE + " true; done; exit 1")
                    .ok();
            runtime.ask("netd.container.created", CREATED);
            runtime.ask("netd.container.died", "{\"id\":\"foreign1\",\"name\":\"foreign\",\"exitCode\":0}");

            host.sh("for i in $(seq 50); do grep -q 'attachment removed foreign1/eth0' " + log
                            + " && exit; sleep 0.1; done; exit 1")
                    .ok();
            assertThat(host.sh("cat " + log).ok())
                    .contains("attachment added foreign1/eth0")
                    .contains("port published")
                    .contains("port unpublished")
                    .contains("container died");
        } finally {
            events.destroy();
            host.run("rm", "-f", log);
        }
    }

    @Test
    void aCallersTraceIsInTheEventsOfItsCall() {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String config = "{\"cniVersion\":\"1.0.0\",\"name\":\"traced\",\"type\":\"loopback\"}";
        Map<String, String> caller = Map.of(
                "CNI_COMMAND", "ADD",
                "CNI_NETNS", "/run/netns/mine",
                "TRACEPARENT", parent,
                "TRACESTATE", "rojo=1",
                "BAGGAGE", "user=alice");
        String log = "/run/events";
        Process events = host.start("sh", "-c", "exec " + Host.dist() + "/bin/netctl events --format json >" + log);
        try (BusClient listener = BusClient.connect(host.file(BUS))) {
            listener.register("netd.events");
            hears(listener);
            host.sh("for i in $(seq 50); do grep -q . " + log + " && exit; " + Host.dist() + "/bin/netctl run --rm "
                            + IMAGE + " true; done; exit 1")
                    .ok();

            host.plugin(Host.ours("loopback"), config, caller).ok();
            Map<String, String> end = Map.of("CNI_COMMAND", "DEL", "CNI_NETNS", "/run/netns/mine");
            host.plugin(Host.ours("loopback"), config, end).ok();

            JsonNode heard = listener.event("netd.attachment.added");
            while (!heard.at("/payload/network").asText().equals("traced")) {
                assertThat(heard.has("trace")).isFalse();
                heard = listener.event("netd.attachment.added");
            }
            assertThat(heard.at("/trace/traceparent").asText()).isEqualTo(parent);
            assertThat(heard.at("/trace/tracestate").asText()).isEqualTo("rojo=1");
            host.sh("for i in $(seq 50); do grep traced " + log + " | grep -q removed && exit; sleep 0.1; done; exit 1")
                    .ok();
            JsonNode added =
                    json(host.sh("grep traced " + log + " | grep added").ok());
            assertThat(added.at("/trace/baggage").asText()).as(added.toString()).isEqualTo("user=alice");
            assertThat(host.sh("grep traced " + log + " | grep removed").ok()).doesNotContain(parent);
        } finally {
            events.destroy();
            host.run("rm", "-f", log);
        }
    }

    @Test
    void itIsInTheEventOfADelThatHadToWait() {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
        String config = "{\"cniVersion\":\"1.0.0\",\"name\":\"waited\",\"type\":\"loopback\"}";
        String process = Long.toString(daemon.pid());
        try (BusClient listener = BusClient.connect(host.file(BUS))) {
            listener.register("netd.events");
            hears(listener);
            host.plugin(Host.ours("loopback"), config, Map.of("CNI_COMMAND", "ADD", "CNI_NETNS", "/run/netns/mine"))
                    .ok();

            host.run("kill", "-STOP", process).ok();
            try {
                Map<String, String> caller = Map.of("CNI_COMMAND", "DEL", "TRACEPARENT", parent);
                host.plugin(Host.ours("loopback"), config, caller).ok();
                assertThat(host.sh("ls /run/netd/queue").ok()).endsWith(".del");
            } finally {
                host.run("kill", "-CONT", process).ok();
            }

            JsonNode heard = listener.event("netd.attachment.removed");
            while (!heard.at("/payload/network").asText().equals("waited")) {
                heard = listener.event("netd.attachment.removed");
            }
            assertThat(heard.at("/trace/traceparent").asText()).isEqualTo(parent);
        }
    }

    @Test
    void aCommandsTraceIsInTheEventsOfWhatItDoes() {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        try (BusClient listener = BusClient.connect(host.file(BUS))) {
            listener.register("netd.events");
            hears(listener);

            traced(parent, "network", "create", "traced");
            String id = traced(parent, "run", "-d", "--net", "traced", "-p", "8076:80", IMAGE, "sleep", "1000");
            traced(parent, "port", "add", id, "-p", "8077:80");
            traced(parent, "port", "rm", id, "-p", "8077:80");
            traced(parent, "rm", "-f", id);
            traced(parent, "network", "rm", "traced");
            host.netctl("run", "--rm", "--net", "none", "--name", "untraced", IMAGE, "true")
                    .ok();

            Set<String> heard = new HashSet<>();
            JsonNode event = listener.next("netd.events");
            while (!event.at("/payload/name").asText().equals("untraced")) {
                if (event.at("/trace/traceparent").asText().equals(parent)) {
                    heard.add(event.at("/address").asText());
                }
                event = listener.next("netd.events");
            }
            assertThat(event.has("trace")).as(event.toString()).isFalse();
            assertThat(heard)
                    .contains("netd.network.created", "netd.network.removed", "netd.container.created")
                    .contains("netd.container.started", "netd.container.died", "netd.container.removed")
                    .contains("netd.attachment.added", "netd.lease.granted")
                    .contains("netd.port.published", "netd.port.unpublished");
        }
    }

    private String traced(String parent, String... words) {
        List<String> command =
                new ArrayList<>(List.of(Host.dist().resolve("bin/netctl").toString()));
        command.addAll(List.of(words));
        return host.run(Map.of("TRACEPARENT", parent), new byte[0], command.toArray(String[]::new))
                .ok();
    }

    @Test
    void aMessagesTraceIsInTheEventsOfWhatItAsksFor() {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
        try (BusClient runtime = BusClient.connect(host.file(BUS));
                BusClient listener = BusClient.connect(host.file(BUS))) {
            listener.register("netd.events");
            hears(listener);

            runtime.ask("netd.container.created", "traceparent", parent, CREATED);
            runtime.ask("netd.container.died", "{\"id\":\"foreign1\",\"name\":\"foreign\",\"exitCode\":0}");
            runDetached("--name", "web", IMAGE, "sleep", "1000");
            String ports = "{\"container\":\"web\",\"ports\":[\"8078:80\"]}";
            runtime.ask("netd.port.publish", "traceparent", parent, ports);
            runtime.ask("netd.port.unpublish", ports);

            JsonNode added = listener.event("netd.attachment.added");
            assertThat(added.at("/trace/traceparent").asText()).isEqualTo(parent);
            assertThat(listener.event("netd.attachment.removed").has("trace")).isFalse();
            JsonNode published = listener.event("netd.port.published");
            assertThat(published.at("/payload/hostPort").asInt()).isEqualTo(8078);
            assertThat(published.at("/trace/traceparent").asText()).isEqualTo(parent);
            assertThat(listener.event("netd.port.unpublished").has("trace")).isFalse();
        }
    }

    /** A registration is not answered: it holds once an event has come. */
    private void hears(BusClient listener) {
        host.netctl("run", "--rm", "--net", "none", IMAGE, "true").ok();
        listener.event("netd.container.removed");
    }
}
