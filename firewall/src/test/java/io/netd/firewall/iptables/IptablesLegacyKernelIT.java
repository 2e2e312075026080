package io.netd.firewall.iptables;

import io.netd.firewall.Flavour;

/** Rules written by iptables-legacy-restore. */
class IptablesLegacyKernelIT extends IptablesLedgerContract {
    IptablesLegacyKernelIT() {
        super(Flavour.IPTABLES_LEGACY, "-legacy");
    }

    /** The kernel keeps a legacy table once it was looked at; what counts is that it is empty. */
    @Override
    protected String snapshot() {
        return saved();
    }
}
