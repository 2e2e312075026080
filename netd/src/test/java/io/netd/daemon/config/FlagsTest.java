package io.netd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {
    @Test
    void valuesFollowOrAreJoined() {
        Flags flags = new Flags(List.of(
                "-H",
                "unix:///a",
                "--host=tcp://127.0.0.1:1",
                "--mtu",
                "1400",
                "--iptables=false",
                "--adopt-bridge",
                "--default-address-pool",
                "base=10.0.0.0/8,size=24",
                "--config-file",
                "/x.json"));
        assertThat(flags.values().get(Option.HOSTS)).containsExactly("unix:///a", "tcp://127.0.0.1:1");
        assertThat(flags.values().get(Option.MTU)).containsExactly("1400");
        assertThat(flags.values().get(Option.IPTABLES)).containsExactly("false");
        assertThat(flags.values().get(Option.ADOPT_BRIDGE)).containsExactly("true");
        assertThat(flags.values().get(Option.DEFAULT_ADDRESS_POOLS)).containsExactly("base=10.0.0.0/8,size=24");
        assertThat(flags.configFile()).contains(Path.of("/x.json"));
    }

    @Test
    void whatIsNoFlagIsRefused() {
        assertThatThrownBy(() -> new Flags(List.of("--nonsense=1"))).hasMessage("unknown flag: --nonsense");
        assertThatThrownBy(() -> new Flags(List.of("run"))).hasMessage("unknown argument: run");
        assertThatThrownBy(() -> new Flags(List.of("--mtu"))).hasMessage("flag needs an argument: --mtu");
    }

    @Test
    void helpNamesEveryFlag() {
        for (Option option : Option.values()) {
            assertThat(Flags.help()).contains("--" + option.flag());
        }
    }
}
