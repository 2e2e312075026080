package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element of a set or map.
 *
 * @param key its key, or the first of an interval
 * @param last the last key of an interval; like {@code key} for a single one
 * @param value what a map has for it; empty in a set and in a verdict map
 * @param jump the chain to which a verdict map has packets jump
 */
public record NftElement(Data key, Data last, Data value, Optional<String> jump) {
    /** An interval. */
    public NftElement(Data key, Data last, Data value) {
        this(key, last, value, Optional.empty());
    }

    /** A single key. */
    public NftElement(Data key, Data value) {
        this(key, key, value);
    }

    /** A single key of a verdict map. */
    public static NftElement jump(Data key, String chain) {
        return new NftElement(key, key, Data.of(), Optional.of(chain));
    }

    /** Written out, for what a record generates is slow in netd's JVM and maps are asked for elements with each change. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof NftElement element
                        && key.equals(element.key)
                        && last.equals(element.last)
                        && value.equals(element.value)
                        && jump.equals(element.jump);
    }

    /** See {@link #equals}. */
    @Override
    public int hashCode() {
        return 31 * key.hashCode() + value.hashCode();
    }

    void writeKey(MessageWriter writer) {
        Numbers.value(writer, NfTables.NFTA_SET_ELEM_KEY, key);
        if (!last.equals(key)) {
            Numbers.value(writer, NfTables.NFTA_SET_ELEM_KEY_END, last);
        }
    }

    void write(MessageWriter writer) {
        writeKey(writer);
        if (value.length() > 0) {
            Numbers.value(writer, NfTables.NFTA_SET_ELEM_DATA, value);
        }
        jump.ifPresent(
                chain -> Numbers.verdict(writer, NfTables.NFTA_SET_ELEM_DATA, NfTables.NFT_JUMP, Optional.of(chain)));
    }

    static List<NftElement> readAll(Message message) {
        List<NftElement> elements = new ArrayList<>();
        for (Attribute element : message.attributes(NfTables.NFGENMSG).nested(NfTables.NFTA_SET_ELEM_LIST_ELEMENTS)) {
            elements.add(read(element.nested()));
        }
        return elements;
    }

    private static NftElement read(Attributes element) {
        Data key = Numbers.value(element, NfTables.NFTA_SET_ELEM_KEY).orElseGet(Data::of);
        return new NftElement(
                key,
                Numbers.value(element, NfTables.NFTA_SET_ELEM_KEY_END).orElse(key),
                Numbers.value(element, NfTables.NFTA_SET_ELEM_DATA).orElseGet(Data::of),
                jump(element.nested(NfTables.NFTA_SET_ELEM_DATA).nested(NfTables.NFTA_DATA_VERDICT)));
    }

    private static Optional<String> jump(Attributes verdict) {
        return verdict.text(NfTables.NFTA_VERDICT_CHAIN)
                .filter(chain -> Numbers.is(verdict, NfTables.NFTA_VERDICT_CODE, NfTables.NFT_JUMP));
    }
}
