package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts of commands, compared with an empty Spring Boot application that has the same dependencies, as whole processes
 * in turns.
 *
 * <p>The dependencies are web, Spring Data JPA with an in-memory database, Spring Security, Actuator, MongoDB and
 * Monarch. The empty application does not run Monarch, so that no one needs a server. Arguments: number of runs (7). With an
 * executable jar as another argument, its commands are compared instead: as it is, extracted, and with a class archive.
 */
public final class StartBenchmark {

    private static final String NO_SERVER = "--spring.mongodb.uri=mongodb://127.0.0.1:1/none";

    private static final String UNREACHABLE = NO_SERVER + "?serverSelectionTimeoutMS=10";

    /** The exit code of a command that reaches no server. */
    private static final int FAILED = 1;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Path folder;

    private StartBenchmark(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs everything.
     *
     * @param arguments the number of runs, and a jar
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try {
            StartBenchmark benchmark = new StartBenchmark(folder);
            if (arguments.length > 1) {
                benchmark.compareFormsOf(Path.of(arguments[1]).toAbsolutePath(), runs);
            } else {
                benchmark.compareWithAnEmptyApplication(runs);
            }
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void compareWithAnEmptyApplication(int runs) throws Exception {
        List<String> plain = java();
        List<String> archived = withClassArchive();
        List<Contender> contenders = List.of(
                started("empty application", plain, "--monarch.enabled=false", "--server.port=0"),
                started(
                        "empty application, no web server",
                        plain,
                        "--monarch.enabled=false",
                        "--spring.main.web-application-type=none"),
                started("monarch list-backups", plain, command("list-backups")),
                started("monarch list-query-sets (whole application)", plain, command("list-query-sets")),
                started("monarch help", plain, "monarch", "help"),
                started("monarch list-backups, class archive", archived, command("list-backups")),
                started("monarch list-query-sets, class archive", archived, command("list-query-sets")),
                started("monarch help, class archive", archived, "monarch", "help"));
        new Comparison("Starts of whole processes", contenders).run(runs, out);
    }

    /** {@code status} starts the whole application, and fails because it reaches no server. */
    private void compareFormsOf(Path jar, int runs) throws Exception {
        Path extracted = folder.resolve("extracted");
        Path archive = folder.resolve("jar.jsa");
        run("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", extracted.toString());
        String slim = extracted.resolve(jar.getFileName()).toString();
        run("-XX:ArchiveClassesAtExit=" + archive, "-jar", slim, UNREACHABLE, "monarch", "status");
        List<Contender> contenders = new ArrayList<>();
        for (String verb : List.of("status", "list-backups", "help")) {
            String[] arguments = {UNREACHABLE, "--monarch.backups.local.directory=" + folder, "monarch", verb};
            contenders.add(started("monarch " + verb + ", jar", withOptions("-jar", jar.toString()), arguments));
            contenders.add(started("monarch " + verb + ", extracted", withOptions("-jar", slim), arguments));
            contenders.add(started(
                    "monarch " + verb + ", class archive",
                    withOptions("-XX:SharedArchiveFile=" + archive, "-jar", slim),
                    arguments));
            contenders.add(started(
                    "monarch " + verb + ", first compiler too",
                    withOptions(
                            "-XX:SharedArchiveFile=" + archive,
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-jar",
                            slim),
                    arguments));
        }
        new Comparison("Forms of " + jar.getFileName(), contenders).run(runs, out);
    }

    private void run(String... options) throws IOException, InterruptedException {
        WholeProcess.run(withOptions(options), folder.resolve("process.log"), 0, FAILED);
    }

    private String[] command(String verb) {
        return new String[] {NO_SERVER, "--monarch.backups.local.directory=" + folder, "monarch", verb};
    }

    private Contender started(String name, List<String> java, String... arguments) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(arguments));
        return new Contender(name, () -> {
            WholeProcess.run(command, folder.resolve("process.log"), 0, FAILED);
            return 0;
        });
    }

    private static List<String> java(String... options) throws IOException {
        List<String> command = withOptions(options);
        command.addAll(List.of("-cp", JarPath.ofThisProcess().toString(), EmptyApplication.class.getName()));
        return command;
    }

    private static List<String> withOptions(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        return command;
    }

    private List<String> withClassArchive() throws IOException, InterruptedException {
        Path archive = folder.resolve("classes.jsa");
        List<String> command = java("-XX:ArchiveClassesAtExit=" + archive);
        command.addAll(List.of(command("list-query-sets")));
        WholeProcess.run(command, folder.resolve("archive.log"));
        return java("-XX:SharedArchiveFile=" + archive);
    }
}
