package io.netd.firewall.iptables;

import io.netd.firewall.Flavour;

/** Rules written by iptables-legacy-restore. */
class IptablesLegacyKernelIT extends LedgerContract {
    IptablesLegacyKernelIT() {
        super(Flavour.IPTABLES_LEGACY, "-legacy");
    }

    /** The kernel keeps a legacy table once it was looked at; what counts is that it is empty. */
    @Override
    String snapshot() {
        return saved();
    }
}
