package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/**
 * An xtables target of the kernel, run by nft_compat.
 *
 * @param name the extension's name
 * @param revision which of its layouts
 * @param info its own structure, native byte order, filled up to a multiple of 8 bytes
 */
public record XtTarget(String name, int revision, Data info) implements Expression {
    private static final int NFTA_TARGET_NAME = 1;
    private static final int NFTA_TARGET_REV = 2;
    private static final int NFTA_TARGET_INFO = 3;

    /** XT_ALIGN: a structure ends at a multiple of 8 bytes. */
    private static final int ALIGNMENT = 8;

    /** Fills up the structure. */
    public XtTarget {
        info = info.padded((info.length() + ALIGNMENT - 1) & -ALIGNMENT);
    }

    @Override
    public String kind() {
        return "target";
    }

    @Override
    public void writeData(MessageWriter writer) {
        writer.text(NFTA_TARGET_NAME, name).be32(NFTA_TARGET_REV, revision).bytes(NFTA_TARGET_INFO, info.bytes());
    }

    static Optional<Expression> read(Attributes data) {
        Optional<String> name = data.text(NFTA_TARGET_NAME);
        int revision = Numbers.number(data, NFTA_TARGET_REV);
        return data.find(NFTA_TARGET_INFO)
                .filter(found -> name.isPresent())
                .map(found -> new XtTarget(name.get(), revision, Data.of(found.bytes())));
    }
}
