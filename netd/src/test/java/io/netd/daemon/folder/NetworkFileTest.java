package io.netd.daemon.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFileTest {
    @TempDir
    private Path folder;

    private NetworkFile parse(String file, String json) {
        write(file, json);
        return NetworkFile.read(folder.resolve(file));
    }

    private void write(String file, String json) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pluginsOfAListBearItsNameAndVersion() {
        NetworkFile network = parse(
                "a.conflist", "{'cniVersion':'0.4.0','name':'n','plugins':[{'type':'x','name':'other'},{'type':'y'}]}");

        assertThat(network.name()).isEqualTo("n");
        assertThat(network.plugins())
                .extracting(plugin -> plugin.settings().toString())
                .containsExactly(
                        "{\"type\":\"x\",\"name\":\"n\",\"cniVersion\":\"0.4.0\"}",
                        "{\"type\":\"y\",\"name\":\"n\",\"cniVersion\":\"0.4.0\"}");
    }

    @Test
    void ofSeveralVersionsTheNewestKnownCounts() {
        NetworkFile network = parse(
                "a.conflist",
                "{'cniVersion':'0.3.1','cniVersions':['1.0.0','9.0.0','0.4.0'],'name':'n','plugins':[{}]}");

        assertThat(network.plugins().get(0).settings().text("cniVersion")).contains("1.0.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'1.1.0' | '0.4.0' | 1.1.0", "'9.0.0' | '0.4.0' | 0.4.0", "'9.0.0' | '8.0.0' | 9.0.0"},
            quoteCharacter = '`')
    void theNamedVersionIsOneOfThoseOffered(String named, String offered, String chosen) {
        NetworkFile network = parse(
                "a.conflist", "{'cniVersion':" + named + ",'cniVersions':[" + offered + "],'name':'n','plugins':[{}]}");

        assertThat(network.plugins().get(0).settings().text("cniVersion")).contains(chosen);
    }

    @Test
    void pluginsInAFolderOfTheNetworksNameFollowThoseOfTheList() {
        write("n/20-b.conf", "{'type':'b','name':'other'}");
        write("n/10-a.conf", "{'type':'a'}");
        write("n/30-c.json", "{'type':'c'}");
        write("m/10-d.conf", "{'type':'d'}");

        NetworkFile network = parse("a.conflist", "{'cniVersion':'1.0.0','name':'n','plugins':[{'type':'x'}]}");

        assertThat(network.plugins())
                .extracting(NetworkFile.Member::file)
                .containsExactly("a.conflist", "n/10-a.conf", "n/20-b.conf");
        assertThat(network.plugins().get(2).settings())
                .hasToString("{\"type\":\"b\",\"name\":\"n\",\"cniVersion\":\"1.0.0\"}");
        assertThat(parse("b.conflist", "{'name':'n'}").plugins()).hasSize(2);
        for (String word : new String[] {"true", "'true'", "'TRUE'"}) {
            assertThat(parse("c.conflist", "{'name':'n','loadOnlyInlinedPlugins':" + word + ",'plugins':[{}]}")
                            .plugins())
                    .hasSize(1);
        }
        assertThatThrownBy(() -> parse("d.conflist", "{'name':'n','loadOnlyInlinedPlugins':'true'}"))
                .hasMessage("plugins: no plugin in the list");
        assertThatThrownBy(() -> parse("d.conflist", "{'name':'n','plugins':[]}"))
                .hasMessage("plugins: no plugin in the list");
        assertThatThrownBy(() -> parse("d.conflist", "{'name':'n','disableGC':'maybe','plugins':[{}]}"))
                .hasMessage("disableGC \"maybe\": must be true or false");
        write("n/05-broken.conf", "{");
        assertThatThrownBy(() -> parse("a.conflist", "{'name':'n'}")).hasMessageStartingWith("n/05-broken.conf: ");
        assertThatThrownBy(() -> parse("a.conflist", "{'name':'../n'}")).hasMessageContaining("../n");
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
