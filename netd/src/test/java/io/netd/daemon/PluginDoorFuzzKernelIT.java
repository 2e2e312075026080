package io.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netd.daemon.door.PluginAnswer;
import io.netd.daemon.fuzz.AnswerRule;
import io.netd.daemon.fuzz.PluginInput;
import io.netd.daemon.fuzz.PluginInputs;
import io.netd.plugins.spi.Plugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Generated calls of every plugin there is. Whatever comes, the answer is one result or one error that tells a person
 * something, and after a DEL, or a failure, the host is as it was.
 *
 * <p>{@code -Dnetd.fuzz.count=5000000 -Dnetd.fuzz.seed=7} goes on for longer with other inputs; {@code -Dnetd.fuzz.first}
 * begins at the input that was named, to see it alone.
 */
class PluginDoorFuzzKernelIT {
    private static final long SEED = Long.getLong("netd.fuzz.seed", 1);
    private static final int FIRST = Integer.getInteger("netd.fuzz.first", 0);
    private static final int COUNT = Integer.getInteger("netd.fuzz.count", 100_000);
    private static final int BATCH = 1000;

    /** The engine keeps sockets for as many requests as ever ran at one time; what leaks with an input leaks more often. */
    private static final int MORE_DESCRIPTORS = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Logger log = Logger.getLogger("io.netd");
    private final PluginInputs inputs =
            new PluginInputs(EngineParts.plugins().stream().map(Plugin::type).toList(), SEED);
    private final Map<String, Integer> answers = new TreeMap<>();
    private FuzzedHost host;
    private Set<String> links;
    private int added;

    @BeforeEach
    void open() {
        log.setLevel(Level.OFF);
        host = FuzzedHost.open();
        links = host.links();
    }

    @AfterEach
    void close() {
        host.close();
        log.setLevel(null);
    }

    @Test
    void everyAnswerMakesSenseAndNothingStays() throws Exception {
        List<String> before = host.look();
        for (PluginInput plain : inputs.plain()) {
            carryOut(plain);
        }
        assertThat(changes(before, host.look())).isEmpty();
        int descriptors = host.descriptors();
        long start = System.nanoTime();
        for (int batch = FIRST; batch < FIRST + COUNT; batch += BATCH) {
            int end = Math.min(batch + BATCH, FIRST + COUNT);
            for (int i = batch; i < end; i++) {
                tryOut(i);
            }
            List<String> found = changes(before, host.look());
            if (!found.isEmpty()) {
                blame(batch, end, found);
            }
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        System.out.println(COUNT + " inputs of seed " + SEED + " from " + FIRST + " on: " + added + " attached, "
                + answers.size() + " kinds of answer, " + seconds + " s");
        if (Boolean.getBoolean("netd.fuzz.answers")) {
            answers.forEach((answer, times) -> System.out.println(times + "\t" + answer));
        }
        assertThat(host.descriptors()).isLessThan(descriptors + MORE_DESCRIPTORS);
    }

    private void tryOut(int number) {
        PluginInput input = inputs.get(number);
        try {
            carryOut(input);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(named(number, input), e);
        }
    }

    private static String named(int number, PluginInput input) {
        return "-Dnetd.fuzz.seed=" + SEED + " -Dnetd.fuzz.first=" + number + " -Dnetd.fuzz.count=1: " + input;
    }

    private void carryOut(PluginInput input) throws Exception {
        PluginAnswer answer = answer(input);
        boolean isAdded = input.command().equals("ADD") && answer.exitCode() == 0;
        if (isAdded) {
            added++;
            answer(input.with("CHECK", withPrevious(input.stdin(), answer.output())));
            PluginAnswer deleted = answer(input.with("DEL", input.stdin()));
            assertThat(deleted.exitCode()).as(new String(deleted.output())).isZero();
            host.removeBridgesBut(links);
        } else if (input.command().equals("DEL")) {
            host.rewire();
        }
        assertThat(host.links()).isEqualTo(links);
        assertThat(host.attachments()).isZero();
    }

    private PluginAnswer answer(PluginInput input) throws Exception {
        PluginAnswer answer = host.call(input);
        try {
            AnswerRule.require(input.command(), answer.exitCode(), answer.output());
        } catch (IOException | AssertionError e) {
            throw new AssertionError(input.command() + " answers " + new String(answer.output()), e);
        }
        if (answer.exitCode() != 0) {
            answers.merge(AnswerRule.shape(answer.output()), 1, Integer::sum);
        }
        return answer;
    }

    private static byte[] withPrevious(byte[] config, byte[] result) throws IOException {
        // By way of a text, as the door reads it: half a surrogate pair is no reason for Jackson to refuse it then.
        ObjectNode changed = (ObjectNode) JSON.readTree(new String(config, StandardCharsets.UTF_8));
        changed.set("prevResult", JSON.readTree(result));
        return JSON.writeValueAsBytes(changed);
    }

    /** Which of the inputs it was that left something: once more, on a host that is new. */
    private void blame(int first, int end, List<String> found) {
        close();
        open();
        List<String> before = host.look();
        for (int i = first; i < end; i++) {
            tryOut(i);
            List<String> now = host.look();
            assertThat(changes(before, now)).as(named(i, inputs.get(i))).isEmpty();
        }
        throw new AssertionError("inputs " + first + " to " + end + " of seed " + SEED + " together: " + found);
    }

    private static List<String> changes(List<String> before, List<String> after) {
        List<String> gone = new ArrayList<>(before);
        List<String> come = new ArrayList<>(after);
        come.removeIf(gone::remove);
        return Stream.concat(gone.stream().map("gone: "::concat), come.stream().map("new: "::concat))
                .toList();
    }
}
