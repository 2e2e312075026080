package io.netd.cni;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netd.address.IpFamily;
import java.io.IOException;
import java.util.OptionalInt;

/** Writes the shape of 0.3.0 and later; absent values are absent keys, never null. */
record ResultWriter(CniResult result, CniVersion version) implements JsonText.Body {
    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("cniVersion", version.toString());
        if (!result.interfaces().isEmpty()) {
            out.writeArrayFieldStart("interfaces");
            for (CniInterface link : result.interfaces()) {
                write(link, out);
            }
            out.writeEndArray();
        }
        if (!result.addresses().isEmpty()) {
            out.writeArrayFieldStart("ips");
            for (CniAddress address : result.addresses()) {
                write(address, out);
            }
            out.writeEndArray();
        }
        if (!result.routes().isEmpty()) {
            out.writeArrayFieldStart("routes");
            for (CniRoute route : result.routes()) {
                write(route, out);
            }
            out.writeEndArray();
        }
        if (!version.isAtLeast(CniVersion.V1_0_0) || !result.dns().isEmpty()) {
            out.writeFieldName("dns");
            DnsWriter.write(result.dns(), out);
        }
        out.writeEndObject();
    }

    private void write(CniInterface link, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", link.name());
        if (link.mac().isPresent()) {
            out.writeStringField("mac", link.mac().get().toString());
        }
        if (version.isAtLeast(CniVersion.V1_1_0)) {
            number("mtu", link.mtu(), out);
        }
        if (link.sandbox().isPresent()) {
            out.writeStringField("sandbox", link.sandbox().get());
        }
        if (version.isAtLeast(CniVersion.V1_1_0) && link.socketPath().isPresent()) {
            out.writeStringField("socketPath", link.socketPath().get());
        }
        if (version.isAtLeast(CniVersion.V1_1_0) && link.pciId().isPresent()) {
            out.writeStringField("pciID", link.pciId().get());
        }
        out.writeEndObject();
    }

    private void write(CniAddress address, JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (!version.isAtLeast(CniVersion.V1_0_0)) {
            out.writeStringField("version", address.address().family() == IpFamily.IPV4 ? "4" : "6");
        }
        number("interface", address.interfaceIndex(), out);
        out.writeStringField("address", address.address().toString());
        if (address.gateway().isPresent()) {
            out.writeStringField("gateway", address.gateway().get().toString());
        }
        out.writeEndObject();
    }

    private static void write(CniRoute route, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("dst", route.destination().toString());
        if (route.gateway().isPresent()) {
            out.writeStringField("gw", route.gateway().get().toString());
        }
        number("mtu", route.mtu(), out);
        number("advmss", route.advmss(), out);
        number("priority", route.priority(), out);
        number("table", route.table(), out);
        number("scope", route.scope(), out);
        out.writeEndObject();
    }

    private static void number(String key, OptionalInt value, JsonGenerator out) throws IOException {
        if (value.isPresent()) {
            out.writeNumberField(key, value.getAsInt());
        }
    }
}
