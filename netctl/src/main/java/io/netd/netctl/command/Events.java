package io.netd.netctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.netd.netctl.api.EventLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netctl events}. */
@Command(name = "events", description = "Get real time events from the daemon")
final class Events implements NetctlCommand {
    @Option(
            names = {"-f", "--filter"},
            paramLabel = "filter",
            converter = EventFilter.Converter.class,
            description = "Only events with this: container, network, event or type, as name=value")
    private List<EventFilter> filters = new ArrayList<>();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        Map<String, Set<String>> wanted = filters.stream()
                .collect(Collectors.groupingBy(
                        EventFilter::key, Collectors.mapping(EventFilter::value, Collectors.toSet())));
        session.netd().events(wanted, event -> {
            session.out().println(text(event));
            session.out().flush();
        });
        return 0;
    }

    private String text(EventLine event) {
        return format.text(event).orElseGet(() -> {
            String[] words = event.address().replaceFirst("^netd\\.", "").split("\\.", 2);
            String what = words.length == 2 ? words[0] + " " + words[1] : event.address();
            return event.time() + " " + what + " " + event.subject() + attributes(event.payload());
        });
    }

    /** What the payload says, without what it leaves open and without the version of its shape. */
    private static String attributes(JsonNode payload) {
        StringJoiner attributes = new StringJoiner(", ", " (", ")").setEmptyValue("");
        payload.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean isSaid = value.isValueNode() ? !value.asText().isEmpty() : !value.isEmpty();
            if (isSaid && !field.getKey().equals("version")) {
                attributes.add(field.getKey() + "=" + (value.isValueNode() ? value.asText() : value.toString()));
            }
        });
        return attributes.toString();
    }
}
