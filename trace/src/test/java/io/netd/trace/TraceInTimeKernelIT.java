package io.netd.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.proc.Program;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trace ends, also when it is told to or others trace as well. */
class TraceInTimeKernelIT {
    private static final Origin WIRE = new Origin.Elsewhere(IpAddress.parse(TracedHost.NEIGHBOUR));

    private final TracedHost traced = new TracedHost();
    private Process listener = null;

    @BeforeEach
    void begin() {
        listener = TracedHost.listen(traced.container(), Protocol.TCP, 80);
    }

    @AfterEach
    void end() {
        listener.destroyForcibly();
        traced.close();
    }

    /** The answer is lost, so that the trace waits for it while the container waits for the handshake. */
    @Test
    void nothingStaysOfATraceThatIsInterrupted() {
        traced.host().sh("iptables-legacy -A FORWARD -s 10.77.0.2 -j DROP");
        FutureTask<PacketTrace> trace =
                new FutureTask<>(() -> traced.trace(WIRE, TracedHost.CONTAINER, 80, Protocol.TCP));
        Thread tracing = new Thread(trace);
        tracing.start();
        traced.container().sh("until ss -Htan state syn-recv | grep -q .; do :; done");

        tracing.interrupt();

        assertThatThrownBy(trace::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(traced.host().sh("conntrack -L 2>/dev/null | grep 'dport=80 ' || true"))
                .isEmpty();
        assertThat(traced.host().sh("nft list tables; ip -o link | grep trace || true"))
                .doesNotContain("trace");
        assertThat(traced.container().sh("ss -Htan state syn-recv")).isEmpty();
    }

    @Test
    void otherPeoplesTracesDoNotKeepItWaiting() {
        traced.host()
                .sh("nft 'add table inet theirs; add chain inet theirs mine { type filter hook output priority 0; };"
                        + " add rule inet theirs mine meta nftrace set 1'");
        traced.container().sh("iptables -A INPUT -p tcp --dport 80 -j DROP");
        Process others = traced.host()
                .call(() -> Program.of("sh", "-c", "while :; do nc -z 127.0.0.1 9; done")
                        .start());
        FutureTask<PacketTrace> trace =
                new FutureTask<>(() -> traced.trace(WIRE, TracedHost.CONTAINER, 80, Protocol.TCP));
        new Thread(trace).start();
        try {
            assertThat(trace).succeedsWithin(20, TimeUnit.SECONDS);
        } finally {
            others.destroyForcibly();
        }
    }
}
