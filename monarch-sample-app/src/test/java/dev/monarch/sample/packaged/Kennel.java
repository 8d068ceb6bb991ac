package dev.monarch.sample.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.monarch.test.TestProcess;

/** A process of the packaged application. */
final class Kennel implements AutoCloseable {

    static final Path JAR = Path.of(System.getProperty("kennel.jar"));

    static final List<String> MIGRATIONS = List.of(
            "202611201000-kennel",
            "202611201010-unique-email",
            "202611201020-account-address",
            "202611201030-weight-in-kg",
            "202611201040-dog-tags",
            "occupancy");

    /** Ten processes that start together are slow on a small machine. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Pattern PID = Pattern.compile("with PID (\\d+)");

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private static final Pattern APPLIED = Pattern.compile("Migration '(.+)' applied in");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final TestProcess process;

    private Kennel(TestProcess process) {
        this.process = process;
    }

    /** Starts a jar. */
    static Kennel start(Path jar, String... arguments) {
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of("-Xmx128m", "-jar", jar.toString()));
        return start(command, arguments);
    }

    /** Starts it as in production, which is faster. */
    static Kennel startExtracted(String... arguments) {
        return start(ExtractedKennel.application(), arguments);
    }

    /** Starts it with a command line, which needs only the application's arguments. */
    static Kennel start(List<String> command, String... arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(arguments));
        return new Kennel(TestProcess.start(Map.of(), whole));
    }

    String awaitLine(String text) {
        return process.awaitLine(line -> line.contains(text), PATIENCE);
    }

    int awaitPort() {
        String line = process.awaitLine(text -> PORT.matcher(text).find(), PATIENCE);
        return Integer.parseInt(group(PORT, line));
    }

    String get(String path) {
        return get(awaitPort(), path).orElseThrow().body();
    }

    /** Sends JSON, which must be accepted. */
    void post(String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + awaitPort() + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = send(request).orElseThrow();
        if (response.statusCode() != 202) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
    }

    /** Sends a request to a port; empty if no process listens there. */
    static Optional<HttpResponse<String>> get(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(PATIENCE)
                .build();
        return send(request);
    }

    private static Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(HTTP.send(request, BodyHandlers.ofString()));
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while asking " + request.uri(), e);
        }
    }

    /** Stops it with SIGTERM, and returns its exit code. */
    int terminate() {
        long pid = Long.parseLong(group(PID, awaitLine("with PID")));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        return awaitExit();
    }

    void requireNotFailed() {
        if (lines().stream().anyMatch(line -> line.contains("Error starting ApplicationContext"))) {
            throw new AssertionError("A kennel did not start. Its output:\n" + String.join("\n", lines()));
        }
    }

    int awaitExit() {
        return process.awaitExit(PATIENCE);
    }

    void kill() {
        process.kill();
    }

    List<String> lines() {
        return process.lines();
    }

    /** Returns the ids of the migrations that this process has logged as applied, in order. */
    List<String> applied() {
        return lines().stream()
                .filter(line -> APPLIED.matcher(line).find())
                .map(line -> group(APPLIED, line))
                .toList();
    }

    private static String group(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.find()) {
            throw new AssertionError("There is no " + pattern + " in: " + line);
        }
        return matcher.group(1);
    }

    @Override
    public void close() {
        process.close();
    }
}
