package io.netd.engine.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.netd.firewall.Match;
import io.netd.firewall.Target;
import io.netd.plugins.firewall.BridgeZone;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.program.AddressProgramTrace;
import io.netd.plugins.spi.trace.AddressTrace;
import io.netd.plugins.spi.trace.BridgeTrace;
import io.netd.plugins.spi.trace.LeaseTrace;
import io.netd.plugins.spi.trace.LinkUpTrace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.plugins.spi.trace.SysctlTrace;
import io.netd.plugins.spi.trace.VethTrace;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** How records of the journal are written as JSON: records by their components, kinds of traces and rules by name. */
public final class JournalJson {
    private static final List<Class<? extends Trace>> SHARED_TRACES = List.of(
            AddressProgramTrace.class,
            AddressTrace.class,
            BridgeTrace.class,
            LeaseTrace.class,
            LinkUpTrace.class,
            PortsTrace.class,
            BridgeZone.class,
            RulesTrace.class,
            SysctlTrace.class,
            VethTrace.class);

    private JournalJson() {}

    /**
     * A mapper.
     *
     * @param traces kinds of traces that plugins leave besides the common ones
     */
    public static JsonMapper mapper(Collection<Class<? extends Trace>> traces) {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new ValuesModule())
                .addMixIn(Trace.class, Kind.class)
                .addMixIn(Match.class, Kind.class)
                .addMixIn(Target.class, Kind.class)
                .addMixIn(Step.class, ByFields.class)
                .registerSubtypes(kinds(traces).toArray(NamedType[]::new))
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_ABSENT, Include.NON_ABSENT))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // A record without one of its values would be noticed far from here.
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .build();
    }

    private static Stream<NamedType> kinds(Collection<Class<? extends Trace>> traces) {
        Stream<Class<?>> rules =
                Stream.concat(Stream.of(Match.class.getPermittedSubclasses()), permitted(Target.class));
        Stream<Class<?>> all = Stream.concat(Stream.concat(SHARED_TRACES.stream(), traces.stream()), rules);
        return all.distinct().map(kind -> new NamedType(kind, kind.getSimpleName()));
    }

    private static Stream<Class<?>> permitted(Class<?> kind) {
        return Stream.of(kind.getPermittedSubclasses());
    }

    /** Says of a closed set of records which one it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kind {}

    /** The components tell the records of a closed set apart. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({
        @JsonSubTypes.Type(Step.Advanced.class),
        @JsonSubTypes.Type(Step.Left.class),
        @JsonSubTypes.Type(Step.Spliced.class)
    })
    private interface ByFields {}
}
