package io.netd.ipam;

import io.netd.address.IpFamily;
import io.netd.cni.CniException;
import io.netd.cni.CniVersion;
import io.netd.cni.ErrorCode;
import java.util.List;

/** How many addresses the results of a version hold. */
final class AddressCount {
    private AddressCount() {}

    /** Refuses a second address of one family where results have room for one, in host-local's words. */
    static void requireRoom(CniVersion version, List<IpFamily> addresses) {
        long ipv4 = addresses.stream().filter(IpFamily.IPV4::equals).count();
        if (!version.isAtLeast(CniVersion.V0_3_0) && (ipv4 > 1 || addresses.size() - ipv4 > 1)) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    "CNI version " + version + " does not support more than 1 address per family");
        }
    }
}
