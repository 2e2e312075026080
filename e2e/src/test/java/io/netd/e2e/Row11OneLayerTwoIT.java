package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 11: all containers on one bridge are one layer-2 network. */
class Row11OneLayerTwoIT extends NetdTestBase {
    @Test
    void containersReachOneAnotherByAddress() {
        String one = runDetached(IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        String two = runDetached(IMAGE, "sleep", "1000");
        host.netctl("exec", one, "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();

        assertThat(host.netctl("exec", two, "wget", "-qO-", "http://" + address(one) + "/")
                        .ok())
                .isEqualTo("hello from a container");
        String ownAddress = json(host.sh("nsenter --target " + pid(one) + " --net ip -j link show dev eth0")
                        .ok())
                .at("/0/address")
                .asText();
        assertThat(json(host.sh("nsenter --target " + pid(two) + " --net ip -j neigh show " + address(one))
                                .ok())
                        .at("/0/lladdr")
                        .asText())
                .as("the neighbour answers ARP itself: no router between them")
                .isEqualTo(ownAddress);
    }
}
