package io.netd.engine.journal;

import java.util.Optional;

/**
 * Which runtime calls the plugins: the program that started the plugin, and the service that it is part of. By it garbage
 * collection tells a runtime's own attachments from another's of the same network name.
 *
 * @param program path of the program; within a service its name alone, for an upgrade may move it
 * @param service the systemd service, such as {@code containerd.service}, unless it was started in a session
 */
public record CallingRuntime(String program, Optional<String> service) {
    /** For messages: {@code containerd (containerd.service)}. */
    @Override
    public String toString() {
        return program + service.map(name -> " (" + name + ")").orElse("");
    }
}
