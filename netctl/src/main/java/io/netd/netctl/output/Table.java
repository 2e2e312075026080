package io.netd.netctl.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table as docker prints it: columns as wide as their widest cell plus three spaces, nothing behind the last. */
public final class Table {
    private static final int GAP = 3;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with its header. */
    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row of as many cells as the header has. */
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Prints the table. */
    public void print(PrintStream out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell);
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] + GAP - cell.codePointCount(0, cell.length())));
            }
        }
        return line.toString();
    }
}
