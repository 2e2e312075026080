package io.netd.linux.sysctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.testing.ThrowawayNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlKernelIT {
    @Test
    void theCallingThreadsNamespaceCounts() {
        try (ThrowawayNamespace inside = ThrowawayNamespace.create()) {
            String outside = Sysctl.read("net/ipv4/ip_forward");
            inside.run(() -> Sysctl.write("net/ipv4/ip_forward", outside.equals("0") ? "1" : "0"));
            assertThat(Sysctl.read("net/ipv4/ip_forward")).isEqualTo(outside);
            assertThat(inside.sh("cat /proc/sys/net/ipv4/ip_forward").strip()).isNotEqualTo(outside);
            String seen = inside.call(() -> Sysctl.read("net/ipv4/ip_forward"));
            assertThat(seen).isNotEqualTo(outside);
        }
    }

    @Test
    void interfaceNamesMayHaveDots() {
        try (ThrowawayNamespace inside = ThrowawayNamespace.create()) {
            inside.sh("ip link add name br.1 type bridge");
            inside.run(() -> Sysctl.write("net/ipv4/conf/br.1/route_localnet", "1"));
            assertThat(inside.sh("cat /proc/sys/net/ipv4/conf/br.1/route_localnet"))
                    .isEqualTo("1\n");
        }
    }

    @Test
    void refusalsKeepTheKernelsReason() {
        assertThatThrownBy(() -> Sysctl.write("net/ipv4/ip_forward", "x"))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessage("set net/ipv4/ip_forward = x: invalid argument (EINVAL)");
        assertThatThrownBy(() -> Sysctl.read("net/ipv4/no_such"))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../etc/passwd", "/etc/passwd", "net/../../self/mem"})
    void nothingOutsideIsReached(String key) {
        assertThatThrownBy(() -> Sysctl.read(key)).isInstanceOf(IllegalArgumentException.class);
    }
}
