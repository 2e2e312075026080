package io.netd.engine.attach;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkName;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Origin;
import io.netd.engine.journal.PluginEntry;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortOwner;
import io.netd.portmap.PublishFlag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortLimitTest {
    private static final List<IpAddress> EVERYWHERE = List.of(IpAddress.parse("0.0.0.0"), IpAddress.parse("::"));

    @Test
    void whatStandsCountsToo() {
        Attachment attachment = withPorts("1-15000:1-15000");

        assertThatCode(() -> PortLimit.require(attachment, PublishFlag.parseAll(List.of("20001-25000:1-5000"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PortLimit.require(attachment, PublishFlag.parseAll(List.of("20001-25001:1-5001"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("too many published ports: a container has at most 20000");
    }

    private static Attachment withPorts(String flag) {
        List<PortMapping> mappings = PublishFlag.parse(flag).stream()
                .flatMap(request -> EVERYWHERE.stream()
                        .map(address -> new PortMapping(
                                Optional.of(address),
                                request.fixedPort().orElseThrow(),
                                request.containerPort(),
                                request.protocol())))
                .toList();
        // At two times.
        int half = mappings.size() / 2;
        PluginEntry entry = PluginEntry.begin("bridge", new NetworkName("net"))
                .leaving(Stream.of(mappings.subList(0, half), mappings.subList(half, mappings.size()))
                        .map(some -> new PortsTrace(new PortOwner("web", "web"), some, Grip.HELD, Optional.empty()))
                        .toList());
        return new Attachment(
                HostKey.parse("1"),
                new ContainerId("web"),
                new InterfaceName("eth0"),
                new Origin(Origin.NETD, Optional.empty(), "web"),
                "/proc/12/ns/net",
                Optional.empty(),
                Instant.EPOCH,
                List.of(entry));
    }
}
