package io.netd.netctl.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rows that are printed as a table, as JSON lines or through a template, all from the same named cells. */
public final class Listing {
    private static final String TABLE = "table ";

    private final Map<String, String> columns;
    private final List<Map<String, String>> rows;

    /**
     * A listing.
     *
     * @param columns field name to table header, in the table's order
     * @param rows field name to text; may hold more fields than the table shows
     */
    public Listing(Map<String, String> columns, List<Map<String, String>> rows) {
        this.columns = new LinkedHashMap<>(columns);
        this.rows = List.copyOf(rows);
    }

    /** Prints as the format says; absent means the table. */
    public void print(PrintStream out, Optional<String> format) {
        if (format.isEmpty()) {
            printTable(out);
            return;
        }
        String template = format.get();
        if (template.startsWith(TABLE)) {
            printTable(out, template.substring(TABLE.length()));
            return;
        }
        for (Map<String, String> row : rows) {
            JsonNode tree = Json.tree(row);
            out.println(template.equals("json") ? tree.toString() : Template.render(template, tree));
        }
    }

    /** A table whose columns are what the template has between tabs. */
    private void printTable(PrintStream out, String template) {
        Table table = new Table(Template.fill(template, this::header).split("\t", -1));
        for (Map<String, String> row : rows) {
            table.row(Template.render(template, Json.tree(row)).split("\t", -1));
        }
        table.print(out);
    }

    /** A field that the usual table does not have is its own header: CreatedAt is CREATED AT. */
    private String header(String field) {
        return columns.getOrDefault(
                field, field.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT));
    }

    private void printTable(PrintStream out) {
        Table table = new Table(columns.values().toArray(String[]::new));
        for (Map<String, String> row : rows) {
            table.row(columns.keySet().stream()
                    .map(field -> row.getOrDefault(field, ""))
                    .toArray(String[]::new));
        }
        table.print(out);
    }
}
