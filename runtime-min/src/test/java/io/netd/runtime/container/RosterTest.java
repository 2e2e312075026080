package io.netd.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.runtime.ContainerSpec;
import io.netd.runtime.NetworkMode;
import io.netd.runtime.ProcessSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final String FIRST = "ab1" + "0".repeat(61);
    private static final String SECOND = "ab2" + "0".repeat(61);

    private final Roster roster = new Roster();

    private LiveContainer add(String id, String name) {
        ContainerSpec spec = ContainerSpec.of("image", new NetworkMode.None(), ProcessSpec.of(List.of("true")));
        ContainerRecord record = new ContainerRecord(
                1, id, name, "h", "sha256:x", spec, List.of("true"), List.of(), "", "", List.of("l"), Instant.EPOCH);
        RuntimeSettings settings = new RuntimeSettings(Path.of("/d"), Path.of("/e"), Path.of("/l"), "/netd");
        LiveContainer container = new LiveContainer(record, ContainerFiles.of(settings, id), Status.CREATED);
        roster.add(container);
        return container;
    }

    @Test
    void aContainerIsFoundByIdNameAndUnambiguousPrefix() {
        LiveContainer first = add(FIRST, "web");
        add(SECOND, "ab1");

        assertThat(roster.find(FIRST)).isSameAs(first);
        assertThat(roster.find("web")).isSameAs(first);
        assertThat(roster.find("/web")).isSameAs(first);
        assertThat(roster.find("ab10")).isSameAs(first);
        assertThat(roster.find("ab1").id()).as("a name wins over a prefix").isEqualTo(SECOND);
        assertThatThrownBy(() -> roster.find("ab")).hasMessage("Multiple IDs found with provided prefix: ab");
        assertThatThrownBy(() -> roster.find("x")).hasMessage("No such container: x");
        assertThatThrownBy(() -> roster.find("")).hasMessage("No such container: ");
    }

    @Test
    void aNameIsTakenOnce() {
        LiveContainer first = add(FIRST, "web");

        assertThatThrownBy(() -> roster.reserve("web", SECOND))
                .hasMessage("Conflict. The container name \"/web\" is already in use by container \"" + FIRST
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
        roster.remove(first);
        roster.reserve("web", SECOND);
        assertThat(roster.isTaken("web")).isTrue();
        roster.release("web");
        assertThat(roster.isTaken("web")).isFalse();
    }
}
