package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A daemon is told to write no rules any more, or to write some again, while containers run. */
class RulesSwitchedIT extends NetdTestBase {
    private static final String PAGE = "hello from a container";
    private static final String[] WITHOUT = {"--iptables=false"};

    @AfterEach
    @Override
    void hostIsAsBefore() {
        removeContainers();
        host.sh("ip -n wire route flush via " + Host.ADDRESS);
        restart(options());
        super.hostIsAsBefore();
    }

    @Test
    void whatIsPublishedStaysAndNothingMoreCanBe() {
        serve("-p", "8140:80");
        host.netctl("port", "add", "web", "-p", "8141:80", "-p", "8142:80").ok();
        String rules = rules();

        restart(WITHOUT);

        assertThat(rules()).isEqualTo(rules);
        assertThat(host.netctl("port", "web").ok()).contains("8140", "8141", "8142");
        assertThat(answers(8140)).isTrue();
        assertThat(answers(8141)).isTrue();
        assertThat(host.netctl("port", "add", "web", "-p", "8143:80").err())
                .contains("cannot be published: netd runs with iptables set to false");
        host.netctl("port", "rm", "web", "-p", "8142:80").ok();
        assertThat(host.netctl("port", "web").ok()).doesNotContain("8142");
        assertThat(rules()).doesNotContain("8142");

        restart(options());

        assertThat(answers(8140)).isTrue();
        assertThat(answers(8141)).isTrue();
        assertThat(answers(8142)).isFalse();
        host.netctl("port", "add", "web", "-p", "8142:80").ok();
        assertThat(answers(8142)).isTrue();
        assertThat(rules()).isEqualTo(rules);
    }

    @Test
    void rulesThatWentMeanwhileComeBack() {
        serve("-p", "8140:80");
        host.netctl("port", "add", "web", "-p", "8141:80").ok();
        String rules = rules();
        restart(WITHOUT);
        daemon.terminate();
        host.sh("iptables -t nat -F; iptables -t raw -F; iptables -F").ok();
        daemon = Daemon.start(host, options());

        assertThat(rules()).isEqualTo(rules);
        assertThat(answers(8140)).isTrue();
        assertThat(answers(8141)).isTrue();
    }

    @Test
    void aContainerThatBeganWithoutRulesIsAsAnyOtherWithThem() {
        host.sh("ip -n wire route add 172.17.0.0/16 via " + Host.ADDRESS).ok();
        restart(WITHOUT);
        serve();
        assertThat(host.netctl("port", "add", "web", "-p", "8140:80").exitCode())
                .isNotZero();

        restart(options());

        host.netctl("port", "add", "web", "-p", "8140:80").ok();
        assertThat(answers(8140)).isTrue();
        assertThat(reaches("http://" + address("web") + "/")).isFalse();
        String rules = rules();
        host.netctl("rm", "-f", "web").ok();
        serve("-p", "8140:80");
        assertThat(rules()).isEqualTo(rules);
    }

    private void restart(String... options) {
        daemon.terminate();
        daemon = Daemon.start(host, options);
    }

    private void serve(String... flags) {
        String[] words = new String[flags.length + 9];
        System.arraycopy(flags, 0, words, 2, flags.length);
        words[0] = "--name";
        words[1] = "web";
        String[] command = {IMAGE, "httpd", "-f", "-p", "80", "-h", "/www"};
        System.arraycopy(command, 0, words, flags.length + 2, command.length);
        runDetached(words);
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
    }

    private String rules() {
        return host.sh("{ iptables-save; ip6tables-save; " + Snapshot.NFTABLES + "; } | grep -v '^[#:]' | sort")
                .ok();
    }

    private boolean answers(int port) {
        return reaches("http://" + Host.ADDRESS + ":" + port + "/");
    }

    private boolean reaches(String url) {
        Output output = host.sh("ip netns exec wire curl -sS --max-time 2 " + url);
        return output.exitCode() == 0 && output.out().strip().equals(PAGE);
    }
}
