package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageWriter;
import java.util.Optional;

/** How nf_tables writes numbers and data blocks inside expressions. */
final class Numbers {
    private Numbers() {}

    /** Whether the attribute is there and holds this number. */
    static boolean is(Attributes data, int attribute, int value) {
        return data.find(attribute).map(Attribute::be32).orElse(~value) == value;
    }

    /** The number, or 0 where it is absent. */
    static int number(Attributes data, int attribute) {
        return data.find(attribute).map(Attribute::be32).orElse(0);
    }

    static void value(MessageWriter writer, int attribute, Data data) {
        writer.nest(attribute).bytes(NfTables.NFTA_DATA_VALUE, data.bytes()).unnest();
    }

    static void verdict(MessageWriter writer, int attribute, int verdict, Optional<String> chain) {
        writer.nest(attribute).nest(NfTables.NFTA_DATA_VERDICT).be32(NfTables.NFTA_VERDICT_CODE, verdict);
        chain.ifPresent(name -> writer.text(NfTables.NFTA_VERDICT_CHAIN, name));
        writer.unnest().unnest();
    }

    static Optional<Data> value(Attributes data, int attribute) {
        return data.nested(attribute).find(NfTables.NFTA_DATA_VALUE).map(found -> Data.of(found.bytes()));
    }
}
