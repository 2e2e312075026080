package io.netd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpPrefix;
import io.netd.engine.network.AddressPool;
import io.netd.engine.network.BridgeAccess;
import io.netd.firewall.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSourcesTest {
    @TempDir
    private Path directory;

    private DaemonConfig read(String json, Map<Option, List<String>> flags) throws IOException {
        return ConfigSources.read(flags, Optional.of(Files.writeString(directory.resolve("daemon.json"), json)));
    }

    @Test
    void everyKeyIsRead() throws IOException {
        DaemonConfig config = read("""
                {"hosts": ["unix:///tmp/n.sock", "tcp://127.0.0.1:2377"], "data-root": "/d", "exec-root": "/e",
                 "bridge": "br9", "adopt-bridge": true, "bip": "10.9.0.1/24", "default-address-pools": [{"base": "10.0.0.0/8", "size": 24}],
                 "mtu": 1400, "ip": "127.0.0.1", "icc": false, "ip-masq": false,
                 "ipv6": true, "fixed-cidr-v6": "fd09::/64", "allow-direct-routing": true,
                 "bridge-accept-fwmark": "0x2/3", "iptables": false, "group": "g",
                 "log-level": "debug", "pidfile": "/p"}
                """, Map.of());
        assertThat(config.hosts()).hasToString("[unix:///tmp/n.sock, tcp://127.0.0.1:2377]");
        assertThat(config.execRoot()).isEqualTo(Path.of("/e"));
        assertThat(config.bridge()).isEqualTo("br9");
        assertThat(config.bip()).contains(IpPrefix.parse("10.9.0.1/24"));
        assertThat(config.pools()).containsExactly(new AddressPool(IpPrefix.parse("10.0.0.0/8"), 24));
        assertThat(config.adoptsBridge()).isTrue();
        assertThat(config.mtu()).hasValue(1400);
        assertThat(config.access()).isEqualTo(new BridgeAccess(false, false, true, Optional.of(new Match.Mark(2, 3))));
        assertThat(config.hasIpv6()).isTrue();
        assertThat(config.subnet6()).contains(IpPrefix.parse("fd09::/64"));
        assertThat(config.hasRules()).isFalse();
        assertThat(config.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(config.pidfile()).isEqualTo(Path.of("/p"));
    }

    @Test
    void withoutAnythingDockersDefaultsHold() {
        DaemonConfig config = DaemonConfig.usual();
        assertThat(config.hosts()).hasToString("[unix:///run/netd/netd.sock]");
        assertThat(config.bridge()).isEqualTo("docker0");
        assertThat(config.hasRules()).isTrue();
        assertThat(config.access()).isEqualTo(BridgeAccess.DEFAULT);
        assertThat(config.hasIpv6()).isFalse();
        assertThat(config.pidfile()).isEqualTo(Path.of("/run/netd/netd.pid"));
    }

    @Test
    void flagAndFileTogetherAreRefusedAsDockerdDoes() {
        assertThatThrownBy(() -> read("{\"mtu\": 1500}", Map.of(Option.MTU, List.of("1400"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "both as a flag and in the configuration file: mtu: (from flag: 1400, from file: 1500)")
                .hasMessageContaining(directory.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"mut": 1500}                               | unknown key "mut"; did you mean "mtu"?
                    {"address-pools": []}                       | did you mean "default-address-pools"?
                    {"zzzzzzzzzzzz": 1}                         | unknown key "zzzzzzzzzzzz"
                    {"mtu": "1500"}                             | "mtu" must be a whole number, not "1500"
                    {"mtu": 12}                                 | mtu: invalid MTU: 12
                    {"hosts": "unix:///x"}                      | "hosts" must be a list
                    {"hosts": ["tcp://0.0.0.0:1"]}              | refusing to listen on tcp://0.0.0.0:1
                    {"hosts": ["fd://"]}                        | invalid host "fd://"
                    {"bip": "172.17.0.0/16"}                    | bip: invalid bridge address
                    {"bip": "nonsense"}                         | bip:
                    {"bip": "fd00::1/64"}                       | bip: invalid bridge address
                    {"icc": "no"}                               | "icc" must be true or false
                    {"fixed-cidr-v6": "10.0.0.0/24"}            | fixed-cidr-v6: invalid IPv6 subnet 10.0.0.0/24
                    {"fixed-cidr-v6": "fd00::/127"}             | fixed-cidr-v6: invalid IPv6 subnet
                    {"fixed-cidr-v6": "fe80::/64"}              | fixed-cidr-v6: invalid IPv6 subnet
                    {"bridge": "a name that is far too long"}   | bridge: invalid interface name
                    {"default-address-pools": [{"base": "x"}]}  | "default-address-pools" must be a list of
                    {"default-address-pools": [{"base": "10.0.0.0/8", "size": 4}]} | default-address-pools: address pool 10.0.0.0/8
                    {"bridge-accept-fwmark": "1/"}              | bridge-accept-fwmark: invalid firewall mask "1/"
                    {"bridge-accept-fwmark": 1}                 | "bridge-accept-fwmark" must be text, not 1
                    {"data-root": "relative"}                   | data-root: the path must be absolute
                    {"log-level": "loud"}                       | log-level: invalid log level: loud
                    {"mtu": 1, "mtu": 2}                        | Duplicate
                    []                                          | it must hold a JSON object
                    {                                           | invalid JSON
                    """)
    void nonsenseIsRefusedByName(String json, String message) {
        assertThatThrownBy(() -> read(json, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatWasNamedMustBeThere() {
        assertThatThrownBy(() -> ConfigSources.read(Map.of(), Optional.of(directory.resolve("none.json"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("none.json: cannot read it: no such file or directory");
    }

    @Test
    void whatEndsTooEarlyIsSaidInOneSentence() {
        assertThatThrownBy(() -> read("{\"hosts\": [", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith(
                        "invalid JSON: Unexpected end-of-input: expected close marker for Array (line 1)");
    }
}
