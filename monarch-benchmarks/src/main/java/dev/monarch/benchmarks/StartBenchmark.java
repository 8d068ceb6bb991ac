package dev.monarch.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts of commands, compared with an empty Spring Boot application that has the same dependencies, as whole processes
 * in turns.
 *
 * <p>The dependencies are web, Spring Data JPA with an in-memory database, Spring Security, Actuator, MongoDB and
 * Monarch. The empty application does not run Monarch, so that no one needs a server. Arguments: number of runs (7).
 */
public final class StartBenchmark {

    private static final String NO_SERVER = "--spring.mongodb.uri=mongodb://127.0.0.1:1/none";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Path folder;

    private StartBenchmark(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs everything.
     *
     * @param arguments the number of runs
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try {
            new StartBenchmark(folder).run(runs);
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void run(int runs) throws Exception {
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

    private String[] command(String verb) {
        return new String[] {NO_SERVER, "--monarch.backups.local.directory=" + folder, "monarch", verb};
    }

    private Contender started(String name, List<String> java, String... arguments) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(arguments));
        return new Contender(name, () -> {
            WholeProcess.run(command, folder.resolve("process.log"));
            return 0;
        });
    }

    private static List<String> java(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", jars(), EmptyApplication.class.getName()));
        return command;
    }

    /** A class archive needs jars: that of this module stands next to the directory of its classes. */
    private static String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            jars.add((Files.isDirectory(path) ? jarNextTo(path) : path).toString());
        }
        return String.join(File.pathSeparator, jars);
    }

    private static Path jarNextTo(Path classes) throws IOException {
        Path folder = classes.toAbsolutePath().getParent();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*-benchmarks-*[0-9T].jar")) {
            return found.iterator().next();
        }
    }

    private List<String> withClassArchive() throws IOException, InterruptedException {
        Path archive = folder.resolve("classes.jsa");
        List<String> command = java("-XX:ArchiveClassesAtExit=" + archive);
        command.addAll(List.of(command("list-query-sets")));
        WholeProcess.run(command, folder.resolve("archive.log"));
        return java("-XX:SharedArchiveFile=" + archive);
    }
}
