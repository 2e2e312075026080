package io.netd.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Two steps that undo one another. Reads {@code add}, {@code remove} and {@code row} from standard input, one a line, and
 * answers with the milliseconds that the step took; of a row, in which they follow one another without a pause, with the
 * medians of both.
 */
record Steps(Runnable add, Runnable remove) {
    private static final int PAUSE = 40;
    private static final int ROW = 15;

    /** A deletion leaves work to the kernel that the next addition would wait for. */
    void warmUp(int rounds) throws InterruptedException {
        for (int i = 0; i < rounds; i++) {
            add.run();
            remove.run();
        }
        Thread.sleep(PAUSE);
    }

    /** Serves until the end of the input. */
    void serve() throws IOException {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "add" -> System.out.printf("%.4f%n", timed(add));
                case "remove" -> System.out.printf("%.4f%n", timed(remove));
                case "row" -> row();
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private void row() {
        double[] added = new double[ROW];
        double[] removed = new double[ROW];
        for (int i = 0; i < ROW; i++) {
            added[i] = timed(add);
            removed[i] = timed(remove);
        }
        Arrays.sort(added);
        Arrays.sort(removed);
        System.out.printf("%.4f %.4f%n", added[ROW / 2], removed[ROW / 2]);
    }

    private static double timed(Runnable step) {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
