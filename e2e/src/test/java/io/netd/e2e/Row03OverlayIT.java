package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 3: the root of a container is an overlay; a write lands in its upper layer only. */
class Row03OverlayIT extends NetdTestBase {
    @Test
    void aWriteInTheContainerLandsInItsUpperAndNowhereElse() {
        String one = runDetached(
                "--name", "one", IMAGE, "sh", "-c", "echo changed > /www/index.html; touch /new; sleep 1000");
        runDetached("--name", "two", IMAGE, "sleep", "1000");
        host.netctl("exec", "one", "sh", "-c", "until [ -e /new ]; do :; done").ok();
        String upper = inspect(one).at("/GraphDriver/Data/UpperDir").asText();

        assertThat(host.sh("cd " + upper + " && cat www/index.html && ls new").ok())
                .isEqualTo("changed\nnew");
        assertThat(host.netctl("exec", "two", "cat", "/www/index.html").ok()).isEqualTo("hello from a container");
    }

    @Test
    void aTouchInUpperIsSeenInTheMergedView() {
        String id = runDetached(IMAGE, "sleep", "1000");
        String upper = inspect(id).at("/GraphDriver/Data/UpperDir").asText();

        host.run("touch", upper + "/from-upper").ok();

        assertThat(host.netctl("exec", id, "ls", "/from-upper").ok()).isEqualTo("/from-upper");
    }

    @Test
    void upperHidesLower() {
        String id = runDetached(IMAGE, "sleep", "1000");

        host.netctl("exec", id, "rm", "/www/index.html").ok();

        assertThat(host.netctl("exec", id, "ls", "/www").ok()).isEmpty();
        assertThat(host.netctl("run", "--rm", IMAGE, "ls", "/www").ok()).isEqualTo("index.html");
    }
}
