package io.netd.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceContextTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aCallersTraceIsReadFromItsEnvironment() {
        TraceContext trace = TraceContext.of(
                Map.of("TRACEPARENT", PARENT, "TRACESTATE", "rojo=1", "BAGGAGE", "user=alice", "PATH", "/bin"));
        assertThat(trace.fields())
                .isEqualTo(Map.of("traceparent", PARENT, "tracestate", "rojo=1", "baggage", "user=alice"));
    }

    @Test
    void aMessagesTraceIsReadFromItsHeaders() {
        Map<String, String> headers = Map.of("traceparent", PARENT, "TRACESTATE", "rojo=1");
        assertThat(TraceContext.ofHeaders(headers::get).fields()).isEqualTo(Map.of("traceparent", PARENT));
    }

    @Test
    void whatAThreadDoesBelongsToATraceUntilItIsDone() {
        TraceContext trace = TraceContext.of(Map.of("TRACEPARENT", PARENT));
        assertThat(trace.during(TraceContext::current)).isEqualTo(trace);
        assertThat(TraceContext.current()).isEqualTo(TraceContext.NONE);
    }

    @Test
    void aStateWithoutAParentSaysNothing() {
        assertThat(TraceContext.of(Map.of("TRACESTATE", "rojo=1"))).isEqualTo(TraceContext.NONE);
    }

    @Test
    void whatIsNoTraceCountsAsAbsent() {
        assertThat(TraceContext.of(Map.of("TRACEPARENT", "00-xyz", "BAGGAGE", "a=\u001b[2J")))
                .isEqualTo(TraceContext.NONE);
        assertThat(TraceContext.of(Map.of("BAGGAGE", "a".repeat(10_000)))).isEqualTo(TraceContext.NONE);
    }
}
