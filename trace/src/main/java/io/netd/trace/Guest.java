package io.netd.trace;

import io.netd.address.IpPrefix;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A container that packets may come from or go to.
 *
 * @param name what a person calls it
 * @param netns its network namespace
 * @param hostInterface the host's end of its link
 * @param bridge what that end was plugged into
 * @param addresses those that it was given, with the lengths of their networks
 */
public record Guest(
        String name, Path netns, Optional<String> hostInterface, Optional<String> bridge, List<IpPrefix> addresses) {
    /** Copies the list. */
    public Guest {
        addresses = List.copyOf(addresses);
    }

    /**
     * Its network namespace; the caller closes it.
     *
     * @throws GoneException when that is not there any more
     */
    NetworkNamespace open() {
        try {
            return NetworkNamespace.open(netns);
        } catch (LinuxException e) {
            throw new GoneException(this, e);
        }
    }

    @Override
    public String toString() {
        return "container " + name;
    }
}
