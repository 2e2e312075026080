package io.netd.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"bridge", "host", "none", "container:web", "mynet"})
    void aNetworkModeIsReadBackFromItsText(String text) {
        assertThat(NetworkMode.parse(text).text()).isEqualTo(text);
    }

    @Test
    void theDefaultNetworkIsTheBridge() {
        assertThat(NetworkMode.parse("default")).isEqualTo(new NetworkMode.Own("bridge"));
        assertThat(NetworkMode.parse("")).isEqualTo(new NetworkMode.Own("bridge"));
        assertThatThrownBy(() -> NetworkMode.parse("container:")).hasMessageContaining("container:");
    }

    private static Limits limits(Long memory, Long swap, Long cpus, Long pids) {
        return new Limits(
                Optional.ofNullable(memory),
                Optional.ofNullable(swap),
                Optional.ofNullable(cpus),
                Optional.ofNullable(pids));
    }

    @Test
    void limitsThatTheKernelWouldRefuseAreRefusedBefore() {
        assertThatThrownBy(() -> limits(1L << 20, null, null, null)).hasMessage("Minimum memory limit allowed is 6MB");
        assertThatThrownBy(() -> limits(null, 1L << 30, null, null)).hasMessageContaining("set the Memory limit");
        assertThatThrownBy(() -> limits(1L << 30, 1L << 29, null, null)).hasMessageContaining("larger than memory");
        assertThatThrownBy(() -> limits(null, null, 1_000_000L, null)).hasMessageContaining("0.01");
        assertThat(limits(null, null, null, 0L).pids()).isEmpty();
        assertThat(limits(null, null, null, -1L)).isEqualTo(Limits.NONE);
    }

    @Test
    void aWorkingDirectoryMustBeAbsoluteAndAHostNameOnesOwn() {
        assertThatThrownBy(() -> new ProcessSpec(List.of(), Map.of(), Optional.of("tmp"), Optional.empty()))
                .hasMessage("the working directory 'tmp' is invalid, it needs to be an absolute path");
        assertThatThrownBy(() -> new ContainerSpec(
                        "i",
                        ProcessSpec.of(List.of()),
                        new NetworkMode.Container("x"),
                        Limits.NONE,
                        ContainerSpec.Options.DEFAULT,
                        Optional.empty(),
                        Optional.of("h"),
                        Map.of()))
                .hasMessage("conflicting options: hostname and the network mode");
    }
}
