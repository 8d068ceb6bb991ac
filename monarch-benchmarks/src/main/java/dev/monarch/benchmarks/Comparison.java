package dev.monarch.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Runs contenders in turns, so that other load on the machine affects all of them.
 *
 * @param between runs after each measurement, and is not measured
 */
record Comparison(String title, List<Contender> contenders, Contender.Cleanup between) {

    Comparison(String title, List<Contender> contenders) {
        this(title, contenders, () -> {});
    }

    void run(int runs, PrintStream out) throws Exception {
        for (Contender contender : contenders) {
            contender.warmUp();
            between.run();
        }
        for (int run = 0; run < runs; run++) {
            for (Contender contender : contenders) {
                contender.measure();
                between.run();
            }
        }
        print(runs, out);
    }

    private void print(int runs, PrintStream out) {
        out.printf("%n%s (median of %d alternating runs)%n", title, runs);
        out.printf("%-44s %9s %17s %10s", "", "median", "spread", "kept");
        for (int i = 0; i < contenders.size(); i++) {
            out.printf("    ÷ %c", 'A' + i);
        }
        out.println();
        for (int row = 0; row < contenders.size(); row++) {
            Contender contender = contenders.get(row);
            out.printf(
                    Locale.ROOT,
                    "%c %-42s %7.2f s %7.2f – %5.2f s %10s",
                    'A' + row,
                    contender.name(),
                    contender.median(),
                    contender.fastest(),
                    contender.slowest(),
                    contender.bytes() == 0 ? "" : contender.bytes() / 1_000_000 + " MB");
            for (Contender other : contenders) {
                out.printf(Locale.ROOT, " %6.2f", contender.median() / other.median());
            }
            out.println();
        }
    }
}
