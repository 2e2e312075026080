package io.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatTest {
    @Test
    void whatACallerNamedStaysOnItsLine() {
        LogRecord entry = new LogRecord(Level.INFO, "ADD pod\n2026-11-26T00:00:00Z error Daemon: false");
        entry.setLoggerName("io.netd.daemon.plugin.PluginService");

        assertThat(new LineFormat().format(entry))
                .endsWith(" info PluginService: ADD pod\\u000a2026-11-26T00:00:00Z error Daemon: false\n");
    }
}
