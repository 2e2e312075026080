package io.netd.cni;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Writes name service settings, leaving out what is not said. */
final class DnsWriter {
    private DnsWriter() {}

    static void write(CniDns dns, JsonGenerator out) throws IOException {
        out.writeStartObject();
        texts("nameservers", dns.nameservers(), out);
        if (dns.domain().isPresent()) {
            out.writeStringField("domain", dns.domain().get());
        }
        texts("search", dns.search(), out);
        texts("options", dns.options(), out);
        out.writeEndObject();
    }

    private static void texts(String key, List<String> texts, JsonGenerator out) throws IOException {
        if (!texts.isEmpty()) {
            out.writeArrayFieldStart(key);
            for (String text : texts) {
                out.writeString(text);
            }
            out.writeEndArray();
        }
    }
}
