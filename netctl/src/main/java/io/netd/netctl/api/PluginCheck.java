package io.netd.netctl.api;

/**
 * How one plugin of a configured network stands.
 *
 * @param network the network's name; empty when the file cannot be read
 * @param isDefault whether a runtime takes this network when none is named
 * @param file the configuration file's name
 * @param plugin the plugin's type; empty when the fault is the whole file's
 * @param verdict how it stands
 * @param finding what was seen
 */
public record PluginCheck(
        String network, boolean isDefault, String file, String plugin, DoctorCheck.Verdict verdict, String finding) {}
