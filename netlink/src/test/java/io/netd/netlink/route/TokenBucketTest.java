package io.netd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.testing.Generated;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.MessageWriter;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final int INDEX = 7;
    private static final int LATENCY = 25_000;
    private static final long U32 = 0xffff_ffffL;

    @Test
    void itIsReckonedInMicrosecondsOfSixtyFourNanoseconds() {
        assertThat(TokenBucket.of(125_000, 25_000, LATENCY)).isEqualTo(new TokenBucket(125_000, 3_125_000, 28_125));
        assertThat(TokenBucket.of(154_320, 956_790, LATENCY)).isEqualTo(new TokenBucket(154_320, 96_875_593, 960_648));
    }

    @Test
    void aBurstThatLastsForMinutesIsToldInBytes() {
        TokenBucket bucket = TokenBucket.of(125_000, 536_870_911, LATENCY);
        assertThat(bucket.buffer()).isEqualTo(67_108_863_875L);
        assertThat(bucket.burst()).isEqualTo(536_870_911);
        assertThat(bucket.isShownAs(new TokenBucket(125_000, 1, 536_874_036))).isTrue();
        assertThat(bucket.isShownAs(new TokenBucket(125_000, 1, 536_874_035))).isFalse();
    }

    @Test
    void aBucketThatHoldsNothingIsRefused() {
        assertThatThrownBy(() -> TokenBucket.of(2_000_000, 1, LATENCY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenBucket.of(0, 1, LATENCY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBucket(1, 1, U32 + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyBucketIsReadAsItWasWritten() {
        Generated.times(1000, random -> {
            long rate = Generated.number(random, 1, Long.MAX_VALUE);
            long buffer = Generated.number(random, 1, U32);
            long limit = Generated.number(random, 1, U32);
            TokenBucket bucket = new TokenBucket(rate, buffer, limit);
            Qdisc read = decoded(QdiscCodec.addTokenBucket(new MessageWriter(), INDEX, bucket));
            assertThat(read.bucket()).contains(bucket);
            assertThat(bucket.isShownAs(read.bucket().get())).isTrue();
            assertThat(read.index()).isEqualTo(INDEX);
            assertThat(read.handle()).isEqualTo(TrafficControl.FIRST_HANDLE);
        });
    }

    @Test
    void anyRedirectIsReadAsItWasWritten() {
        Generated.times(1000, random -> {
            int target = random.nextInt();
            MessageWriter writer =
                    RedirectCodec.add(new MessageWriter(), INDEX, target, TrafficControl.TCA_EGRESS_REDIR);
            assertThat(RedirectCodec.decode(MessageReader.split(writer.finish()).get(0)))
                    .contains(target);
        });
    }

    private static Qdisc decoded(MessageWriter writer) {
        return QdiscCodec.decode(MessageReader.split(writer.finish()).get(0)).orElseThrow();
    }
}
