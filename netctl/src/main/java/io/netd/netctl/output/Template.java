package io.netd.netctl.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of docker's Go templates that listings need: {@code {{.Field}}}, {@code {{.A.B}}} and {@code {{json .Field}}}. */
public final class Template {
    private static final Pattern ACTION = Pattern.compile("\\{\\{\\s*(json\\s+)?\\.([A-Za-z0-9_.]*)\\s*}}");
    private static final Pattern ANY_ACTION = Pattern.compile("\\{\\{.*?}}");

    private Template() {}

    /**
     * Fills a template from an object.
     *
     * @throws IllegalArgumentException for an action that is not understood or a field that is not there
     */
    public static String render(String template, JsonNode value) {
        String leftOver = ANY_ACTION
                .matcher(ACTION.matcher(template).replaceAll(""))
                .results()
                .map(result -> result.group())
                .findFirst()
                .orElse("");
        if (!leftOver.isEmpty()) {
            throw new IllegalArgumentException("template: " + leftOver + " is not supported; use --format json");
        }
        Matcher action = ACTION.matcher(template.replace("\\t", "\t").replace("\\n", "\n"));
        return action.replaceAll(
                match -> Matcher.quoteReplacement(text(field(value, match.group(2)), match.group(1) != null)));
    }

    private static JsonNode field(JsonNode value, String path) {
        JsonNode node = value;
        for (String name : path.split("\\.")) {
            node = name.isEmpty() ? node : node.path(name);
        }
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("template: no field ." + path);
        }
        return node;
    }

    private static String text(JsonNode node, boolean json) {
        return json || node.isContainerNode() ? node.toString() : node.asText();
    }
}
