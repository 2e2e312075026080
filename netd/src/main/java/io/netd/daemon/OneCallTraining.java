package io.netd.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netd.daemon.config.LogLevel;
import io.netd.daemon.door.PluginAnswer;
import io.netd.engine.NativeCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Map;

/**
 * Several calls like {@link OneCall}'s in one process, so that one class-data archive holds what each of them needs. Each
 * line of standard input is a call: verb, plugin and configuration, where {@code #RESULT} is the last {@code ADD}'s result;
 * the rest of the environment is the process's own. Calls that are refused are trained too.
 */
public final class OneCallTraining {
    private static final int PARTS = 3;

    private OneCallTraining() {}

    /** Carries the calls out and writes their answers, a line each. */
    public static void main(String[] arguments) throws IOException {
        LogSetup.apply(LogLevel.WARN);
        NativeCalls.bindAhead();
        BufferedReader calls = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        String result = "{}";
        for (String line = calls.readLine(); line != null; line = calls.readLine()) {
            String[] parts = line.split(" ", PARTS);
            PluginAnswer answer = call(parts[0], parts[1], parts[2].replace("#RESULT", result));
            String text = new String(answer.output(), UTF_8).replace("\n", "");
            System.out.println(parts[0] + " " + parts[1] + " " + answer.exitCode() + " " + text);
            result = parts[0].equals("ADD") && answer.exitCode() == 0 ? text : result;
        }
    }

    private static PluginAnswer call(String verb, String plugin, String config) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("CNI_COMMAND", verb);
        return OneCall.run(plugin, environment, config.getBytes(UTF_8));
    }
}
