package io.netd.cni;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netd.address.IpFamily;
import java.io.IOException;
import java.util.Optional;

/** Writes the shape of 0.1.0 and 0.2.0: the first address of each family, and plain routes under their family. */
record FlatResultWriter(CniResult result, CniVersion version) implements JsonText.Body {
    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("cniVersion", version.toString());
        for (IpFamily family : IpFamily.values()) {
            Optional<CniAddress> address = result.firstAddress(family);
            if (address.isPresent()) {
                out.writeObjectFieldStart(FlatResultReader.key(family));
                write(address.get(), out);
                out.writeEndObject();
            }
        }
        out.writeFieldName("dns");
        DnsWriter.write(result.dns(), out);
        out.writeEndObject();
    }

    private void write(CniAddress address, JsonGenerator out) throws IOException {
        out.writeStringField("ip", address.address().toString());
        if (address.gateway().isPresent()) {
            out.writeStringField("gateway", address.gateway().get().toString());
        }
        boolean isOpen = false;
        for (CniRoute route : result.routes()) {
            if (route.destination().family() == address.address().family()) {
                if (!isOpen) {
                    out.writeArrayFieldStart("routes");
                    isOpen = true;
                }
                write(route, out);
            }
        }
        if (isOpen) {
            out.writeEndArray();
        }
    }

    private static void write(CniRoute route, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("dst", route.destination().toString());
        if (route.gateway().isPresent()) {
            out.writeStringField("gw", route.gateway().get().toString());
        }
        out.writeEndObject();
    }
}
