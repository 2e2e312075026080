package io.netd.plugins.spi.program;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.ErrorJson;
import io.netd.cni.Settings;
import io.netd.linux.proc.Program;
import java.nio.charset.StandardCharsets;

/** A program that has ended with an error, in its own words; where it has none, in those of the reference library. */
record ProgramFailure(Program.Output output) {
    private static final int MAX_SHOWN = 2048;

    CniException asException() {
        if (output.out().isBlank()) {
            return unsaid();
        }
        try {
            return ErrorJson.read(Settings.parse(output.out().getBytes(StandardCharsets.UTF_8)));
        } catch (CniException e) {
            return new CniException(
                    ErrorCode.INTERNAL,
                    "netplugin failed but error parsing its diagnostic message " + shown(output.out()) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private CniException unsaid() {
        String status = "exit status " + output.exitCode();
        return new CniException(
                ErrorCode.INTERNAL,
                output.err().isBlank()
                        ? "netplugin failed with no error message: " + status
                        : "netplugin failed: " + shown(output.err()) + ": " + status);
    }

    private static String shown(String text) {
        String line = text.strip();
        return "\"" + (line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line) + "\"";
    }
}
