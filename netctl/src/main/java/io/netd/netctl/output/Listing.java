package io.netd.netctl.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows that are printed as a table, as JSON lines or through a template, all from the same named cells. */
public final class Listing {
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
        for (Map<String, String> row : rows) {
            JsonNode tree = Json.tree(row);
            out.println(format.get().equals("json") ? tree.toString() : Template.render(format.get(), tree));
        }
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
