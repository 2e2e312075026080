package io.netd.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTest {
    @Test
    void readsTheManualPagesExample() {
        Mount mount = Mount.parse("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue")
                .orElseThrow();
        assertThat(mount.id()).isEqualTo(36);
        assertThat(mount.parent()).isEqualTo(35);
        assertThat(mount.root()).isEqualTo("/mnt1");
        assertThat(mount.point()).isEqualTo(Path.of("/mnt2"));
        assertThat(mount.options()).containsExactly("rw", "noatime");
        assertThat(mount.propagation()).containsExactly("master:1");
        assertThat(mount.type()).isEqualTo("ext3");
        assertThat(mount.superOptions()).containsExactly("rw", "errors=continue");
    }

    @Test
    void readsEscapesAndNoPropagation() {
        Mount mount = Mount.parse("1 2 0:1 / /a\\040b\\134c rw - overlay overlay rw,lowerdir=/x\\054y")
                .orElseThrow();
        assertThat(mount.point()).isEqualTo(Path.of("/a b\\c"));
        assertThat(mount.propagation()).isEmpty();
        assertThat(mount.superOptions()).containsExactly("rw", "lowerdir=/x,y");
    }

    @Test
    void skipsWhatIsNoMount() {
        assertThat(Mount.parse("")).isEmpty();
        assertThat(Mount.parse("1 2 0:1 / /a rw - ext4")).isEmpty();
    }
}
