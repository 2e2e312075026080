package io.netd.netlink.nft;

import io.netd.netlink.wire.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A set to be made, or a map where it has values.
 *
 * @param key the fields of a key
 * @param value the fields of what a map has for a key; none for a set
 * @param intervals whether an element may stand for all keys from one to another, field by field
 * @param counting whether each element counts its packets
 * @param comment for a person who reads it
 */
public record SetSpec(List<DataType> key, List<DataType> value, boolean intervals, boolean counting, String comment) {
    /** NFTNL_UDATA_SET_COMMENT. */
    private static final byte COMMENT = 7;

    /** NFTNL_UDATA_SET_KEYBYTEORDER, and nft's BYTEORDER_HOST_ENDIAN: else nft reads names of interfaces backwards. */
    private static final byte KEY_BYTE_ORDER = 0;

    private static final int HOST_ENDIAN = 1;

    /** Copies the lists. */
    public SetSpec {
        key = List.copyOf(key);
        value = List.copyOf(value);
    }

    void write(MessageWriter writer) {
        boolean concatenated = intervals && key.size() > 1;
        int flags = (value.isEmpty() ? 0 : NfTables.NFT_SET_MAP)
                | (intervals ? NfTables.NFT_SET_INTERVAL : 0)
                | (concatenated ? NfTables.NFT_SET_CONCAT : 0);
        writer.be32(NfTables.NFTA_SET_FLAGS, flags)
                .be32(NfTables.NFTA_SET_KEY_TYPE, DataType.number(key))
                .be32(NfTables.NFTA_SET_KEY_LEN, DataType.length(key))
                // Wanted by the kernel; it tells sets without a name apart, which there are none of here.
                .be32(NfTables.NFTA_SET_ID, 1);
        if (!value.isEmpty()) {
            writer.be32(NfTables.NFTA_SET_DATA_TYPE, DataType.number(value))
                    .be32(NfTables.NFTA_SET_DATA_LEN, DataType.length(value));
        }
        if (concatenated) {
            describeFields(writer);
        }
        writer.bytes(NfTables.NFTA_SET_USERDATA, userData());
        if (counting) {
            writer.nest(NfTables.NFTA_SET_EXPR)
                    .text(NfTables.NFTA_EXPR_NAME, new Counter().kind())
                    .nest(NfTables.NFTA_EXPR_DATA);
            new Counter().writeData(writer);
            writer.unnest().unnest();
        }
    }

    private void describeFields(MessageWriter writer) {
        writer.nest(NfTables.NFTA_SET_DESC).nest(NfTables.NFTA_SET_DESC_CONCAT);
        for (DataType field : key) {
            writer.nest(NfTables.NFTA_LIST_ELEM)
                    .be32(NfTables.NFTA_SET_FIELD_LEN, DataType.length(List.of(field)))
                    .unnest();
        }
        writer.unnest().unnest();
    }

    private byte[] userData() {
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (key.equals(List.of(DataType.IFNAME))) {
            out.write(KEY_BYTE_ORDER);
            out.write(Integer.BYTES);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putInt(HOST_ENDIAN)
                    .array());
        }
        out.write(COMMENT);
        out.write(text.length + 1);
        out.writeBytes(text);
        out.write(0);
        return out.toByteArray();
    }
}
