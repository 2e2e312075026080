package io.netd.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever a file has become, it is an attachment that can be used, or is left aside: the daemon starts. */
class JournalFuzzTest {
    private static final long SEED = Long.getLong("netd.fuzz.seed", 1);
    private static final int COUNT = 20_000;

    private static final String WHOLE = """
            {"format":1,"attachment":{"host":"4c95","container":"web","ifName":"eth0","origin":{"maker":"cni","label":"web"},\
            "netns":"/run/netns/web","namespace":{"device":4,"inode":4026532000},"since":"2026-11-26T15:00:00Z",\
            "entries":[{"type":"bridge","network":"net","phase":"ADDING","traces":[{"kind":"VethTrace","hostName":"veth1",\
            "hostMac":"02:00:00:00:00:01"},{"kind":"LeaseTrace","dataDir":"/run/leases","network":"net","container":"web","ifName":"eth0"}],\
            "result":{"interfaces":[],"addresses":[{"address":"10.1.2.3/24","gateway":"10.1.2.1"}],"routes":[],"dns":{"nameservers":[],"search":[],"options":[]}}}]}}
            {"entry":0,"phase":"ADDED"}
            """;

    private static final List<String> WORDS = List.of(
            "null",
            "{}",
            "[]",
            "\"\"",
            "0",
            "-1",
            "7",
            "99999999999",
            "true",
            "\"ADDED\"",
            "\"\\u0000\"",
            "{",
            "}",
            "\n",
            ",");

    private final AttachmentFile format = new AttachmentFile(JournalJson.mapper(List.of()));

    @Test
    void unchangedItIsAnAttachment() throws JsonProcessingException {
        AttachmentFile.Read read = format.decode(WHOLE.getBytes(StandardCharsets.UTF_8));

        assertThat(read.torn()).isFalse();
        assertThat(read.attachment().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.phase()).isEqualTo(Phase.ADDED));
    }

    @Test
    void anyChangeIsAnAttachmentOrRefused() {
        for (int i = 0; i < COUNT; i++) {
            byte[] bytes = change(new SplittableRandom(SEED * 1_000_003 + i));
            try {
                use(format.decode(bytes).attachment());
            } catch (JsonProcessingException | JournalException e) {
                assertThat(e.getMessage()).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + SEED + ", " + i + ": " + new String(bytes, StandardCharsets.UTF_8), e);
            }
        }
    }

    private static void use(Attachment attachment) {
        assertThat(attachment.key().toString()).isNotEmpty();
        assertThat(attachment.since()).isNotNull();
        assertThat(attachment.origin().maker()).isNotNull();
        attachment.entries().forEach(entry -> entry.in(Phase.DELETING).is("bridge", entry.network()));
    }

    private static byte[] change(RandomGenerator random) {
        String text = WHOLE;
        for (int i = random.nextInt(3); i >= 0; i--) {
            text = change(text, random);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    /** A value gives way to a word, or a stretch of the text goes. */
    private static String change(String text, RandomGenerator random) {
        int from = text.indexOf(':', random.nextInt(text.length() + 1)) + 1;
        int to = text.indexOf(random.nextBoolean() ? ',' : '}', from);
        if (to < 0) {
            return text;
        }
        String word = random.nextInt(5) == 0 ? "" : WORDS.get(random.nextInt(WORDS.size()));
        return text.substring(0, from) + word + text.substring(to);
    }
}
