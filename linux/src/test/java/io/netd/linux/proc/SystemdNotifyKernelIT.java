package io.netd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdNotifyKernelIT {
    private static final String LISTENER = """
            import socket,sys
            s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)
            s.bind(sys.argv[1].replace('@','\\0'))
            print('bound',flush=True)
            print(s.recv(100).decode(),flush=True)
            """;

    @TempDir
    private Path folder;

    @Test
    void theDatagramArrivesAtAPathAndAtAnAbstractName() throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/python3")));
        for (String socket : new String[] {folder.resolve("notify").toString(), "@netd-notify-test"}) {
            Process listener = Program.of("python3", "-c", LISTENER, socket).start();
            try {
                assertThat(listener.inputReader().readLine()).isEqualTo("bound");
                SystemdNotify.send(socket, "READY=1");
                assertThat(listener.inputReader().readLine()).isEqualTo("READY=1");
            } finally {
                listener.destroyForcibly();
            }
        }
    }

    @Test
    void withoutAListenerItFails() {
        assertThatThrownBy(() -> SystemdNotify.send(folder.resolve("none").toString(), "READY=1"))
                .isInstanceOf(LinuxException.class);
    }

    @Test
    void outsideSystemdNothingHappens() {
        SystemdNotify.ready();
        SystemdNotify.status("two\nlines");
        SystemdNotify.stopping();
    }
}
