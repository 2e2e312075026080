package io.netd.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NetworkFileTest {
    private static NetworkFile parse(String file, String json) {
        return NetworkFile.parse(file, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pluginsOfAListBearItsNameAndVersion() {
        NetworkFile network = parse(
                "a.conflist", "{'cniVersion':'0.4.0','name':'n','plugins':[{'type':'x','name':'other'},{'type':'y'}]}");

        assertThat(network.name()).isEqualTo("n");
        assertThat(network.plugins())
                .extracting(Settings::toString)
                .containsExactly(
                        "{\"type\":\"x\",\"name\":\"n\",\"cniVersion\":\"0.4.0\"}",
                        "{\"type\":\"y\",\"name\":\"n\",\"cniVersion\":\"0.4.0\"}");
    }

    @Test
    void ofSeveralVersionsTheNewestKnownCounts() {
        NetworkFile network = parse(
                "a.conflist",
                "{'cniVersion':'0.3.1','cniVersions':['1.0.0','9.0.0','0.4.0'],'name':'n','plugins':[{}]}");

        assertThat(network.plugins().get(0).text("cniVersion")).contains("1.0.0");
    }

    @Test
    void aSinglePluginIsItsOwnNetwork() {
        NetworkFile network = parse("a.conf", "{'name':'n','type':'x'}");

        assertThat(network.name()).isEqualTo("n");
        assertThat(network.plugins()).hasSize(1);
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        assertThatThrownBy(() -> parse("a.conf", ""))
                .isInstanceOf(CniException.class)
                .hasMessage("the file is empty");
        assertThatThrownBy(() -> parse("a.conflist", "{'name':'n'}"))
                .isInstanceOf(CniException.class)
                .hasMessage("plugins: no plugin in the list");
        assertThatThrownBy(() -> parse("a.conf", "{'name':"))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("at line 1")
                .hasMessageNotContaining("REDACTED");
        assertThatThrownBy(() -> NetworkFile.read(Path.of("/dev/zero")))
                .isInstanceOf(CniException.class)
                .hasMessage("no regular file");
    }
}
