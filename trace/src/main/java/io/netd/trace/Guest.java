package io.netd.trace;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A container that packets may come from or go to.
 *
 * @param name what a person calls it
 * @param netns its network namespace
 * @param hostInterface the host's end of its link
 */
public record Guest(String name, Path netns, Optional<String> hostInterface) {}
