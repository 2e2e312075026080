package io.netd.plugins.bridge;

import io.netd.cni.Settings;
import io.netd.netlink.route.Rtnetlink;

/**
 * What becomes of the container's end of the pair.
 *
 * @param isDisabled it stays down, {@code disableContainerInterface}
 * @param detectsDuplicates its IPv6 addresses are used once nobody was found to have them, {@code enabledad}
 */
record InsideOptions(boolean isDisabled, boolean detectsDuplicates) {
    /** Reads the options. */
    static InsideOptions read(Settings settings) {
        return new InsideOptions(settings.flag("disableContainerInterface", false), settings.flag("enabledad", false));
    }

    /** {@code IFA_F_*}: the allocator knows that nobody else has the addresses. */
    int addressFlags() {
        return detectsDuplicates ? 0 : Rtnetlink.IFA_F_NODAD;
    }
}
