package io.netd.netctl.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of docker's Go templates that listings need: {@code {{.Field}}}, {@code {{.A.B}}} and {@code {{json .Field}}}. */
public final class Template {
    private static final Pattern ACTION = Pattern.compile("\\{\\{\\s*(json\\s+)?\\.((?:\\w+(?:\\.\\w+)*)?)\\s*}}");
    private static final Pattern ANY_ACTION = Pattern.compile("\\{\\{.*?}}");

    /** What Go prints for a key that one map has and another has not. */
    private static final JsonNode NO_VALUE = TextNode.valueOf("<no value>");

    private Template() {}

    /**
     * Fills a template from an object.
     *
     * @throws IllegalArgumentException for an action that is not understood or a field that is not there
     */
    public static String render(String template, JsonNode value) {
        return replace(template, match -> text(field(value, match.group(2)), match.group(1) != null));
    }

    /**
     * Fills a template with what a function says to the name of each field.
     *
     * @throws IllegalArgumentException for an action that is not understood
     */
    public static String fill(String template, UnaryOperator<String> textOfField) {
        return replace(template, match -> textOfField.apply(match.group(2)));
    }

    private static String replace(String template, Function<MatchResult, String> text) {
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
        return action.replaceAll(match -> Matcher.quoteReplacement(text.apply(match)));
    }

    private static JsonNode field(JsonNode value, String path) {
        String[] names = path.split("\\.");
        if (!path.isEmpty() && !value.has(names[0])) {
            throw new IllegalArgumentException("template: no field ." + path);
        }
        JsonNode node = value;
        for (String name : names) {
            node = name.isEmpty() ? node : node.path(name);
        }
        return node.isMissingNode() ? NO_VALUE : node;
    }

    private static String text(JsonNode node, boolean json) {
        return json || node.isContainerNode() ? node.toString() : node.asText();
    }
}
