package io.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.cni.AttachmentId;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.linux.proc.Program;
import io.netd.portmap.PortRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal cannot be written: ports that cannot be taken back stand as they did. */
class UnwrittenPortChangesKernelIT {
    private static final AttachmentId POD = new AttachmentId(new ContainerId("pod"), new InterfaceName("eth0"));
    private static final List<PortRequest> PORT =
            List.of(new PortRequest(List.of(), Optional.of(PortRange.of(8471)), 80, Protocol.TCP));
    private static final StepCase BRIDGE = StepCase.addressed("bridge", ",\"bridge\":\"steps0\",\"isGateway\":true");
    private static final String JOURNAL = "/run/steps/netd/attachments";
    private static final String LOCALNET = "cat /proc/sys/net/ipv4/conf/steps0/route_localnet; ";

    private SteppedHost host;

    @BeforeEach
    void open() {
        host = SteppedHost.open(BRIDGE);
        assertThat(host.failure("ADD", BRIDGE)).isEmpty();
    }

    @AfterEach
    void close() {
        host.close();
    }

    /** With the last of a CNI attachment the way from the host's loopback is closed. */
    @Test
    void theLastPortStandsAsItDid() {
        host.engine().publish(POD, PORT).toCompletableFuture().join();
        String with = look();
        assertThat(with).startsWith("1\n").contains(":8471");

        sh("mount --bind " + JOURNAL + " " + JOURNAL + " && mount -o remount,bind,ro " + JOURNAL);
        try {
            assertThatThrownBy(() -> host.engine()
                            .unpublish(POD, PORT)
                            .toCompletableFuture()
                            .join())
                    .hasMessageContaining("EROFS");
        } finally {
            sh("umount " + JOURNAL);
        }
        assertThat(look()).isEqualTo(with);

        host.engine().unpublish(POD, PORT).toCompletableFuture().join();
        assertThat(look()).startsWith("0\n").doesNotContain("8471");
    }

    private static String look() {
        return sh(LOCALNET + "ss -Hltn; nft -s list ruleset");
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out();
    }
}
