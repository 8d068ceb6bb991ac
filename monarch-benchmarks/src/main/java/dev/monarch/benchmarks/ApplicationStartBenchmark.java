package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import picocli.CommandLine;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.autoconfigure.MonarchEnvironmentAutoConfiguration;

/**
 * What Monarch adds to the start of an application: without it, with it and no migrations, and with two migrations that are
 * applied. Whole processes in turns, with the dependencies of {@link StartBenchmark} and a real server. Monarch comes last on
 * the class path: Java looks for each class in all jars that come before its own, so a jar at the front slows down the start.
 *
 * <p>Arguments: the number of runs (15). Other load on the machine disturbs the seconds more than the processor time, and the
 * number of classes not at all.
 */
public final class ApplicationStartBenchmark {

    private final Path folder;

    private final String uri;

    private ApplicationStartBenchmark(Path folder, String uri) {
        this.folder = folder;
        this.uri = uri;
    }

    /**
     * Runs everything.
     *
     * @param arguments the number of runs
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(folder)) {
            new ApplicationStartBenchmark(folder, server.uri()).compare(runs, out);
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void compare(int runs, PrintStream out) throws Exception {
        Class<?>[] added = {EnvironmentRegistry.class, MonarchEnvironmentAutoConfiguration.class, CommandLine.class};
        JarPath without = JarPath.ofThisProcess().without(added);
        JarPath all = JarPath.ofThisProcess().endingWith(added);
        List<Start> starts = List.of(
                new Start("without Monarch", PlainApplication.class, without),
                new Start("with Monarch, no migrations", PlainApplication.class, all),
                new Start("with Monarch, two migrations applied", MigratedApplication.class, all));
        for (Start start : starts) {
            start.run(); // applies the migrations
        }
        starts.forEach(start -> start.figures.clear());
        for (int run = 0; run < runs; run++) {
            for (Start start : starts) {
                start.run();
            }
        }
        Start first = starts.get(0);
        out.printf("%nStarts of an application (median of %d alternating runs)%n", runs);
        out.printf("%-40s %10s %6s %14s %6s %8s %6s%n", "", "seconds", "÷", "processor time", "÷", "classes", "÷");
        for (Start start : starts) {
            out.printf(
                    Locale.ROOT,
                    "%-40s %8.2f s %6.3f %12.2f s %6.3f %8.0f %6.3f%n",
                    start.name,
                    start.median(0),
                    start.median(0) / first.median(0),
                    start.median(1) / 1_000,
                    start.median(1) / first.median(1),
                    start.median(2),
                    start.median(2) / first.median(2));
        }
    }

    /** One way to start; its figures are seconds, milliseconds of processor time, and classes. */
    private final class Start {

        private final String name;

        private final Class<?> application;

        private final JarPath classPath;

        private final List<double[]> figures = new ArrayList<>();

        Start(String name, Class<?> application, JarPath classPath) {
            this.name = name;
            this.application = application;
            this.classPath = classPath;
        }

        void run() throws IOException, InterruptedException {
            Path log = folder.resolve("start.log");
            long begun = System.nanoTime();
            WholeProcess.run(command(), log);
            double seconds = (System.nanoTime() - begun) / 1e9;
            String line = Files.readAllLines(log).stream()
                    .filter(text -> text.startsWith(PlainApplication.FIGURES))
                    .findFirst()
                    .orElseThrow();
            String[] words = line.substring(PlainApplication.FIGURES.length()).split(" ");
            figures.add(new double[] {seconds, Double.parseDouble(words[0]), Double.parseDouble(words[1])});
        }

        private List<String> command() {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    classPath.toString(),
                    application.getName(),
                    "--server.port=0",
                    "--spring.mongodb.uri=" + uri.replace("/?", "/start?"));
        }

        double median(int figure) {
            double[] sorted =
                    figures.stream().mapToDouble(each -> each[figure]).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }
}
