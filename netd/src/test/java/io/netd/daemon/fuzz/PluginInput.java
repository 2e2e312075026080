package io.netd.daemon.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call of a plugin in the bytes that a client sends.
 *
 * @param plugin the name it is called by
 * @param environment variables; values need not be UTF-8
 * @param stdin its standard input
 */
public record PluginInput(String plugin, Map<String, byte[]> environment, byte[] stdin) {
    private static final int SHOWN = 4000;

    /** The same call with another command, and another standard input. */
    public PluginInput with(String command, byte[] input) {
        Map<String, byte[]> changed = new LinkedHashMap<>(environment);
        changed.put("CNI_COMMAND", command.getBytes(StandardCharsets.UTF_8));
        return new PluginInput(plugin, changed, input);
    }

    /** The command, also one that is none. */
    public String command() {
        return text("CNI_COMMAND");
    }

    /** A variable's value, empty when it is not set. */
    public String text(String variable) {
        return new String(environment.getOrDefault(variable, new byte[0]), StandardCharsets.UTF_8);
    }

    /** The call for a person's eyes; long input is cut. */
    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder(plugin);
        environment.forEach(
                (name, value) -> shown.append("\n  ").append(name).append('=').append(shown(value)));
        return shown.append("\n  < ").append(shown(stdin)).toString();
    }

    private static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "... (" + bytes.length + " bytes)" : text;
        boolean isPlain = cut.indexOf('\ufffd') < 0 && cut.chars().noneMatch(c -> c < ' ' && c != '\n');
        return isPlain ? cut : cut + " = " + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
    }
}
