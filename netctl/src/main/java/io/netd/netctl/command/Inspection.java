package io.netd.netctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.output.Json;
import io.netd.netctl.output.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Prints what was found as one JSON array, then says what was not found, as docker does. */
final class Inspection {
    private Inspection() {}

    /** Looks each name up; 1 if any is missing. */
    static int print(Session session, List<String> names, String format, Function<String, JsonNode> lookUp) {
        List<JsonNode> found = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (String name : names) {
            try {
                found.add(lookUp.apply(name));
            } catch (NetdException e) {
                failures.add(e.getMessage());
            }
        }
        if (format.isEmpty() || format.equals("json")) {
            session.out().println(format.isEmpty() ? Json.pretty(found) : Json.line(found));
        } else {
            found.forEach(item -> session.out().println(Template.render(format, item)));
        }
        failures.forEach(failure -> session.err().println("Error response from daemon: " + failure));
        return failures.isEmpty() ? 0 : 1;
    }
}
