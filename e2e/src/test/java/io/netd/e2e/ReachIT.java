package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.e2e.ReachTable.Network;
import io.netd.e2e.ReachTable.Place;
import io.netd.e2e.ReachTable.Row;
import io.netd.e2e.Traffic.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of {@code reach.txt} from every place, on one host with all networks of the table. */
class ReachIT extends NetdTestBase {
    private static final boolean HAS_SCTP = Files.isDirectory(Path.of("/proc/sys/net/sctp"));
    private static final List<Protocol> PROTOCOLS =
            HAS_SCTP ? List.of(Protocol.values()) : List.of(Protocol.TCP, Protocol.UDP);

    private final ReachAddresses addresses =
            new ReachAddresses(ReachTable.read().networks());
    private ReachScene scene;
    private Traffic traffic;

    /** One question of a row, and what is to become of it. */
    private record Trial(
            Network network, Row row, Place place, IpFamily family, Traffic.Question question, String expected) {
        String describe(String actual) {
            return String.format(
                    "%s %s: %s of %s from %s: expected %s, was %s",
                    network.name(), row.published(), row.asked(), family, place, expected, actual);
        }
    }

    @Override
    String[] options() {
        return new String[] {ReachScene.ACCEPTED};
    }

    @Override
    void furnish() {
        ReachScene.furnish(host);
    }

    @BeforeAll
    void makeTheScene() {
        super.look();
        scene = ReachScene.make(host, addresses, PROTOCOLS);
        traffic = Traffic.serve(host, servers());
    }

    /** The scene is made once. */
    @Override
    void look() {}

    @Override
    void hostIsAsBefore() {}

    @AfterAll
    void removeTheScene() {
        traffic.close();
        removeContainers();
        scene.remove();
        bridgeNetfilter(1);
        super.hostIsAsBefore();
    }

    /** Where bridges hand packets to netfilter, rules of forwarding apply to neighbours, too. */
    @ParameterizedTest(name = "{0}, bridge-nf-call-iptables {1}")
    @CsvSource({"TCP,1", "UDP,1", "SCTP,1", "ICMP,1", "TCP,0", "UDP,0", "SCTP,0", "ICMP,0"})
    void whoReachesWhat(Kind kind, int bridgeNetfilter) {
        assumeTrue(isKnown(kind), "this kernel has no SCTP");
        bridgeNetfilter(bridgeNetfilter);
        List<Trial> trials = addresses.networks().stream()
                .flatMap(network -> network.rows().stream()
                        .filter(row -> row.kinds().contains(kind))
                        .flatMap(row -> row.families().stream()
                                .flatMap(family -> trials(network, row, kind, family, bridgeNetfilter))))
                .toList();

        List<String> answers = traffic.ask(trials.stream().map(Trial::question).toList());

        List<String> surprises = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            String actual = actual(trial, answers.get(i));
            if (!actual.equals(trial.expected())) {
                surprises.add(trial.describe(actual));
            }
        }
        assertThat(surprises).isEmpty();
    }

    private Stream<Trial> trials(Network network, Row row, Kind kind, IpFamily family, int bridgeNetfilter) {
        String address = addresses.of(network, row.asked().name(), family);
        int port = scene.port(network, row, kind, family);
        return Stream.of(Place.values()).map(place -> {
            String seen = row.seenBy(place, bridgeNetfilter);
            boolean answers = !seen.equals("-");
            return new Trial(
                    network,
                    row,
                    place,
                    family,
                    new Traffic.Question(scene.namespace(network, place), kind, address, port, answers),
                    answers ? seen + " by " + row.server() : "-");
        });
    }

    private String actual(Trial trial, String answer) {
        if (answer.equals("-")) {
            return answer;
        }
        String[] words = answer.split(" ");
        return addresses.seen(trial.network(), trial.place(), words[2]) + " by " + words[0] + ":" + words[1];
    }

    /** All that rows name: those of which they say that nobody gets there listen, too. */
    private List<Traffic.Server> servers() {
        return addresses.networks().stream()
                .flatMap(network -> network.rows().stream().flatMap(row -> servers(network, row)))
                .distinct()
                .toList();
    }

    private Stream<Traffic.Server> servers(Network network, Row row) {
        String name = row.server().name();
        Place place = switch (name) {
            case "host" -> Place.HOST;
            case "wire" -> Place.WIRE;
            default -> Place.ITSELF;
        };
        Stream<String> listening = place == Place.HOST
                ? Stream.of(IpFamily.values())
                        .map(family -> addresses.of(network, row.asked().name(), family))
                : Stream.of("::");
        String namespace = scene.namespace(network, place);
        int port = Integer.parseInt(row.server().port());
        return listening.flatMap(address -> row.kinds().stream()
                .filter(ReachIT::isKnown)
                .map(kind -> new Traffic.Server(name, namespace, kind, address, port)));
    }

    private static boolean isKnown(Kind kind) {
        return HAS_SCTP || kind != Kind.SCTP;
    }
}
