package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 14: none mode has lo and nothing else, until somebody adds to it by hand. */
class Row14NoneModeIT extends NetdTestBase {
    @Test
    void onlyLoIsThere() {
        String id = runDetached("--net", "none", IMAGE, "sleep", "1000");

        assertThat(host.netctl("exec", id, "ip", "-o", "link").ok().lines())
                .singleElement()
                .asString()
                .contains(": lo:")
                .contains("UP");
        assertThat(host.netctl("exec", id, "ip", "route").ok()).isEmpty();
    }

    @Test
    void aNicAddedByHandWorks() {
        String id = runDetached("--net", "none", IMAGE, "sleep", "1000");
        String inside = "nsenter --target " + pid(id) + " --net ";

        host.sh("ip link add hand0 type veth peer name eth0 netns " + pid(id)).ok();
        host.sh("ip address add 198.51.100.1/24 dev hand0; ip link set hand0 up")
                .ok();
        host.sh(inside + "ip address add 198.51.100.2/24 dev eth0; " + inside + "ip link set eth0 up")
                .ok();

        host.netctl("exec", id, "ping", "-c", "1", "-W", "2", "198.51.100.1").ok();
    }
}
