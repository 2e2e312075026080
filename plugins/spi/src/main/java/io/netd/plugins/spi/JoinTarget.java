package io.netd.plugins.spi;

import java.util.Optional;

/**
 * A container to join.
 *
 * @param id its full id
 * @param name its name, or its id when it has none
 * @param state one word for messages, such as {@code exited}
 * @param netns path of its network namespace while it runs
 */
public record JoinTarget(String id, String name, String state, Optional<String> netns) {}
