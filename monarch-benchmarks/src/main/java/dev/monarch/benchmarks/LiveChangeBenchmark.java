package dev.monarch.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.Document;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Changes the documents of a collection while four instances of an application use it, two of the old build and two of the
 * new one. A process that only runs the backfill is killed again and again, and the primary steps down once; meanwhile it runs at
 * full rate.
 *
 * <p>Arguments: number of documents (2,000,000), seconds of each measurement (20), number of measurements with and without the
 * backfill, alternately (5), number of kills (10). It prints the latency of the application with the backfill at its default rate
 * and without, and whether a request failed or a write was lost.
 */
public final class LiveChangeBenchmark {

    private static final String DATABASE = "live";

    private static final int BATCH = 10_000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Random random = new Random();

    private final Path folder;

    private final BenchmarkServer server;

    private final MongoClient client;

    private final int documents;

    private final List<Instance> instances = new ArrayList<>();

    private LiveChangeBenchmark(Path folder, BenchmarkServer server, MongoClient client, int documents) {
        this.folder = folder;
        this.server = server;
        this.client = client;
        this.documents = documents;
    }

    /** One process of the application. */
    private record Instance(Process process, PrintWriter orders, BufferedReader answers, Path log) {

        private String order(String order) throws IOException {
            orders.println(order);
            return answer();
        }

        private String answer() throws IOException {
            String line = answers.readLine();
            while (line != null && !line.startsWith(ForkedMonarch.DONE)) {
                line = answers.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("An instance has ended: " + Files.readString(log));
            }
            return line.substring(ForkedMonarch.DONE.length());
        }

        private void kill() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /**
     * Runs everything.
     *
     * @param arguments number of documents, seconds and number of measurements, number of kills
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int documents = number(arguments, 0, 2_000_000);
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(folder, 3);
                MongoClient client = MongoClients.create(server.uri())) {
            LiveChangeBenchmark benchmark = new LiveChangeBenchmark(folder, server, client, documents);
            try {
                benchmark.run(
                        Duration.ofSeconds(number(arguments, 1, 20)),
                        number(arguments, 2, 5),
                        number(arguments, 3, 10));
            } finally {
                benchmark.instances.forEach(Instance::kill);
            }
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void run(Duration window, int windows, int kills) throws Exception {
        fill();
        for (int i = 0; i < 4; i++) {
            instances.add(start(i % 2 == 0 ? "old" : "new", i, "monarch.backfills.enabled=false"));
        }
        for (Instance instance : instances) {
            instance.answer();
        }
        Instance worker = worker();
        Backfills backfills = backfills();
        String id = awaitStarted(backfills);
        measure(backfills, id, window, windows);
        backfills.rate(id, new Backfills.Rate(1.0, null));
        worker.kill();
        worker = worker("monarch.backfills.back-off=false");
        for (int kill = 0; kill < kills; kill++) {
            awaitProgress(backfills, id);
            Thread.sleep(random.nextInt(3_000));
            worker.kill();
            out.printf("killed: %s%n", backfills.status(id).progress());
            if (kill == kills / 2) {
                stepDown();
            }
            worker = worker("monarch.backfills.back-off=false");
        }
        long failed = stop();
        BackfillStatus status = awaitEnd(backfills, id);
        check(failed, status);
        worker.kill();
    }

    private void fill() {
        MongoCollection<Document> dogs = client.getDatabase(DATABASE).getCollection(LiveApplication.COLLECTION);
        for (int begin = 0; begin < documents; begin += BATCH) {
            List<Document> batch = new ArrayList<>();
            for (int i = begin; i < Math.min(documents, begin + BATCH); i++) {
                batch.add(new Document("_id", i)
                        .append("name", "dog " + i)
                        .append("weight", LiveApplication.weightOf(i))
                        .append("visits", 0));
            }
            dogs.insertMany(batch);
        }
    }

    private Instance start(String build, int number, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                LiveApplication.class.getName(),
                build,
                String.valueOf(number),
                "4",
                String.valueOf(documents),
                "--spring.mongodb.uri=" + server.uri().replace("/?", "/" + DATABASE + "?"),
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--monarch.enabled=" + !build.equals("old")));
        Arrays.stream(properties).map(property -> "--" + property).forEach(command::add);
        Path log = folder.resolve(build + number + ".log");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Instance(
                process,
                new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true),
                process.inputReader(StandardCharsets.UTF_8),
                log);
    }

    private Instance worker(String... properties) throws IOException {
        // A successor waits for the end of the lease.
        List<String> all = new ArrayList<>(List.of("monarch.lock.lease=6s", "monarch.lock.heartbeat=2s"));
        all.addAll(List.of(properties));
        Instance worker = start("worker", 9, all.toArray(String[]::new));
        instances.add(worker);
        worker.answer();
        return worker;
    }

    /** Shows and controls the backfill that the worker runs. */
    private Backfills backfills() {
        return new Backfills(
                MonarchEnvironment.using("live", Protection.OFF, client, DATABASE),
                BackfillSet.of(List.of()),
                BackfillSettings.DEFAULT);
    }

    private static String awaitStarted(Backfills backfills) throws InterruptedException {
        while (true) {
            for (BackfillStatus status : backfills.statuses()) {
                if (status.progress().done() > 0) {
                    return status.id();
                }
            }
            Thread.sleep(100);
        }
    }

    /** Waits until the latest process has continued, or nothing is left to do. */
    private static void awaitProgress(Backfills backfills, String id) throws InterruptedException {
        BackfillStatus before = backfills.status(id);
        BackfillStatus now = before;
        while (now.state() != BackfillStatus.State.DONE && now.progress().equals(before.progress())) {
            Thread.sleep(100);
            now = backfills.status(id);
        }
    }

    /** Alternates, so that other load on the machine affects both. */
    private void measure(Backfills backfills, String id, Duration window, int windows) throws Exception {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            backfills.pause(id);
            without.add(latency(window));
            backfills.resume(id);
            with.add(latency(window));
        }
        out.printf(
                Locale.ROOT,
                "%nFour instances, %,d documents, medians of %d windows of %d s%n"
                        + "p99 without the backfill %.1f ms, with it %.1f ms: %.2f (at most 1.2)%n",
                documents,
                windows,
                window.toSeconds(),
                median(without),
                median(with),
                median(with) / median(without));
        out.printf("backfill at its default rate: %s%n", backfills.status(id).progress());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** {@return the 99th percentile of a window, in milliseconds} */
    private double latency(Duration window) throws Exception {
        // A change of the backfill takes a second.
        Thread.sleep(2_000);
        for (Instance instance : users()) {
            instance.orders().println("begin");
        }
        Thread.sleep(window.toMillis());
        List<long[]> all = new ArrayList<>();
        for (Instance instance : users()) {
            all.add(Arrays.stream(instance.order("report").split(" "))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray());
        }
        long[] sorted = all.stream().flatMapToLong(LongStream::of).sorted().toArray();
        double p99 = sorted[(int) (0.99 * sorted.length)] / 1000.0;
        out.printf(
                Locale.ROOT,
                "  %,d operations, p50 %.1f ms, p99 %.1f ms%n",
                sorted.length,
                sorted[sorted.length / 2] / 1000.0,
                p99);
        return p99;
    }

    private List<Instance> users() {
        return instances.subList(0, 4);
    }

    private void stepDown() {
        try {
            client.getDatabase("admin").runCommand(new Document("replSetStepDown", 10).append("force", true));
        } catch (MongoException e) {
            out.println("stepping down: " + e.getMessage());
        }
        out.println("the primary has stepped down");
    }

    /** {@return how many requests have failed} */
    private long stop() throws IOException {
        long failed = 0;
        for (Instance instance : users()) {
            String[] counts = instance.order("stop").split(" ");
            out.printf("%s operations, %s of them writes, %s failed%n", counts[1], counts[2], counts[3]);
            failed += Long.parseLong(counts[3]);
        }
        return failed;
    }

    private BackfillStatus awaitEnd(Backfills backfills, String id) throws InterruptedException {
        BackfillStatus status = backfills.status(id);
        while (status.state() != BackfillStatus.State.DONE && status.state() != BackfillStatus.State.FAILED) {
            Thread.sleep(500);
            status = backfills.status(id);
        }
        return status;
    }

    private void check(long failed, BackfillStatus status) throws IOException {
        MongoCollection<Document> dogs = client.getDatabase(DATABASE).getCollection(LiveApplication.COLLECTION);
        long missing = documents - dogs.countDocuments(Filters.and(Filters.eq("_v", 2), Filters.exists("weight_kg")));
        long wrong = dogs.countDocuments(Document.parse(
                "{$expr: {$ne: ['$weight_kg', {$multiply: ['$weight', " + LiveApplication.KILOGRAMS + "]}]}}"));
        long lost = 0;
        for (Instance instance : users()) {
            lost += Long.parseLong(instance.order("check").split(" ")[1]);
        }
        out.printf(
                "the backfill %s%nfailed requests: %d, lost writes: %d, documents not changed: %d, with a wrong weight: %d%n",
                status.summary(), failed, lost, missing, wrong);
        if (failed + lost + missing + wrong > 0) {
            throw new IllegalStateException("Something failed or was lost");
        }
    }
}
