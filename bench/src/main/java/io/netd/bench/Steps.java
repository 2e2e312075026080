package io.netd.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Two steps that undo one another, of one of {@value #ROW} things by its number. Reads {@code add}, {@code remove} and
 * {@code row} from standard input, one a line, and answers with the milliseconds that the step took; of a row, in which all
 * things are added without a pause and then removed, with the medians of both.
 */
record Steps(IntConsumer add, IntConsumer remove) {
    private static final int PAUSE = 40;
    static final int ROW = 50;

    /** Until all is compiled. A deletion leaves work to the kernel that the next addition would wait for. */
    void warmUp(int rows) throws InterruptedException {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < ROW; i++) {
                add.accept(i);
            }
            for (int i = 0; i < ROW; i++) {
                remove.accept(i);
            }
        }
        Thread.sleep(PAUSE);
    }

    /** Serves until the end of the input. */
    void serve() throws IOException {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "add" -> System.out.printf("%.4f%n", timed(add, 0));
                case "remove" -> System.out.printf("%.4f%n", timed(remove, 0));
                case "row" -> row();
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    /** In turn a rule of iptables would be added while the kernel still frees the one before, for which it waits. */
    private void row() {
        double added = median(add);
        double removed = median(remove);
        System.out.printf("%.4f %.4f%n", added, removed);
    }

    private static double median(IntConsumer step) {
        double[] times = new double[ROW];
        for (int i = 0; i < ROW; i++) {
            times[i] = timed(step, i);
        }
        Arrays.sort(times);
        return times[ROW / 2];
    }

    private static double timed(IntConsumer step, int thing) {
        long start = System.nanoTime();
        step.accept(thing);
        return (System.nanoTime() - start) / 1e6;
    }
}
