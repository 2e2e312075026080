package io.netd.engine.journal;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.address.PortRange;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkName;
import io.netd.firewall.Owner;
import io.netd.plugins.spi.HostKey;
import java.util.function.Function;

/** Values that are written as one text. */
final class ValuesModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ValuesModule() {
        super("values");
        add(IpAddress.class, IpAddress::parse);
        add(IpPrefix.class, IpPrefix::parse);
        add(MacAddress.class, MacAddress::parse);
        add(PortRange.class, PortRange::parse);
        add(ContainerId.class, ContainerId::new);
        add(InterfaceName.class, InterfaceName::new);
        add(NetworkName.class, NetworkName::new);
        add(Owner.class, Owner::new);
        add(HostKey.class, HostKey::parse);
    }

    private <T> void add(Class<T> type, Function<String, T> parser) {
        addSerializer(type, ToStringSerializer.instance);
        addDeserializer(type, new TextReader<>(type, parser));
    }

    /** Reads the text back. */
    private static final class TextReader<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> parser;

        TextReader(Class<T> type, Function<String, T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parser.apply(text);
        }
    }
}
