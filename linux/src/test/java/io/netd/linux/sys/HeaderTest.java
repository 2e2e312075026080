package io.netd.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.linux.proc.Program;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares our numbers with those of the C compiler. */
class HeaderTest {
    private static final String HEADERS = """
            #define _GNU_SOURCE
            #include <stdio.h>
            #include <stddef.h>
            #include <errno.h>
            #include <fcntl.h>
            #include <sched.h>
            #include <signal.h>
            #include <sys/epoll.h>
            #include <sys/file.h>
            #include <sys/inotify.h>
            #include <sys/mount.h>
            #include <sys/socket.h>
            #include <sys/stat.h>
            #include <sys/syscall.h>
            #include <netinet/in.h>
            #include <netinet/tcp.h>
            #include <linux/filter.h>
            #include <linux/nsfs.h>
            #include <linux/openat2.h>
            #define SYS_PIDFD_SEND_SIGNAL SYS_pidfd_send_signal
            #define SYS_PIDFD_OPEN SYS_pidfd_open
            #define SYS_OPENAT2 SYS_openat2
            int main(void) {
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsACompiler() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")));
    }

    @Test
    void constantsAreTheHeaders() throws Exception {
        Map<String, Long> ours = new LinkedHashMap<>();
        for (Field field : Constants.class.getFields()) {
            ours.put(field.getName(), ((Number) field.get(Constants.class)).longValue());
        }
        assertThat(values(ours.keySet().stream().toList())).isEqualTo(ours);
    }

    @Test
    void errorNumbersAreTheHeaders() throws Exception {
        Map<String, Long> ours = new LinkedHashMap<>();
        for (Errno errno : Errno.values()) {
            ours.put(errno.name(), (long) errno.number());
        }
        ours.remove(Errno.UNKNOWN.name());
        assertThat(values(ours.keySet().stream().toList())).isEqualTo(ours);
    }

    @Test
    void structuresHaveTheCompilersLayout() throws Exception {
        List<String> expressions = List.of(
                "sizeof(struct epoll_event)",
                "sizeof(struct open_how)",
                "sizeof(struct sock_fprog)",
                "offsetof(struct sock_fprog, filter)",
                "sizeof(struct sock_filter)",
                "sizeof(struct sockaddr_in)",
                "sizeof(struct sockaddr_in6)",
                "offsetof(struct sockaddr_in6, sin6_addr)");
        assertThat(values(expressions).values())
                .containsExactly((long) EpollEvent.SIZE, 24L, 16L, 8L, 8L, 16L, 28L, 8L);
    }

    private Map<String, Long> values(List<String> expressions) throws IOException {
        String prints = expressions.stream()
                .map(expression -> "printf(\"%lld\\n\", (long long)(" + expression + "));\n")
                .collect(Collectors.joining());
        Path source = Files.writeString(folder.resolve("values.c"), HEADERS + prints + "return 0; }\n");
        Path binary = folder.resolve("values");
        assertThat(Program.of("gcc", "-w", "-o", binary.toString(), source.toString())
                        .run())
                .matches(Program.Output::succeeded);
        List<String> lines = new ArrayList<>(
                Program.of(binary.toString()).run().out().lines().toList());
        Map<String, Long> values = new LinkedHashMap<>();
        expressions.forEach(expression -> values.put(expression, Long.valueOf(lines.remove(0))));
        return values;
    }
}
