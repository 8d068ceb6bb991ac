package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.Manifest;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionPlan.PruneRequest;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.spring.boot.s3.MonarchS3AutoConfiguration;

/**
 * Lists and prunes many backups in a folder and in a bucket: seconds, and requests to the bucket.
 *
 * <p>Arguments: the number of backups (5,000). A tenth of it comes first, to show how time and requests grow. The bucket is on
 * an s3proxy on the same machine, so a request takes less time than over a network, and their number matters more.
 */
public final class ManyBackupsBenchmark {

    private static final String BUCKET = "benchmark";

    private static final String ENVIRONMENT = "benchmark";

    private static final int KEPT = 10;

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "'nightly__'uuuu_MM_dd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final AtomicLong requests = new AtomicLong();

    private final Path folder;

    private final EnvironmentRegistry environments;

    private ManyBackupsBenchmark(Path folder, EnvironmentRegistry environments) {
        this.folder = folder;
        this.environments = environments;
    }

    /**
     * Runs everything.
     *
     * @param arguments the number of backups
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int backups = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(folder);
                MongoClient client = MongoClients.create(server.uri());
                BenchmarkBucket bucket = BenchmarkBucket.start(folder, BUCKET)) {
            client.getDatabase(ENVIRONMENT).getCollection("dogs").insertOne(new Document("name", "Rex"));
            MonarchEnvironment environment = MonarchEnvironment.using(ENVIRONMENT, Protection.OFF, client, ENVIRONMENT);
            new ManyBackupsBenchmark(folder, new EnvironmentRegistry(() -> environment, List.of()))
                    .run(bucket, List.of(backups / 10, backups));
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void run(BenchmarkBucket bucket, List<Integer> sizes) throws IOException {
        out.printf("%-10s %-14s %8s %9s %9s %14s%n", "store", "what", "backups", "seconds", "requests", "each");
        Manifest sample = sample();
        byte[] archive = Files.readAllBytes(folder.resolve("sample").resolve(sample.name() + ".archive.zst"));
        for (int size : sizes) {
            Path backups = Files.createDirectory(folder.resolve("backups" + size));
            for (int i = 0; i < size; i++) {
                Manifest manifest = copy(sample, i);
                Files.write(backups.resolve(manifest.name() + ".archive.zst"), archive);
                Files.write(backups.resolve(manifest.name() + ".manifest.json"), manifest.toJson());
            }
            measure(new LocalBackupStore(backups), size);
        }
        for (int size : sizes) {
            try (S3Client client = bucket.client(override -> override.addExecutionInterceptor(new Counter()));
                    AnnotationConfigApplicationContext context = context(client, "of" + size)) {
                for (int i = 0; i < size; i++) {
                    Manifest manifest = copy(sample, i);
                    put(client, "of" + size + "/" + manifest.name() + ".archive.zst", archive);
                    put(client, "of" + size + "/" + manifest.name() + ".manifest.json", manifest.toJson());
                }
                measure(context.getBean(BackupStore.class), size);
            }
        }
    }

    /** A real backup, of which the others are copies with other names and times. */
    private Manifest sample() {
        BackupStores stores = new BackupStores(List.of(new LocalBackupStore(folder.resolve("sample"))), null);
        return new BackupService(
                        environments,
                        stores,
                        new QuerySets(List.of(), null, null),
                        "monarch.history",
                        Clock.systemUTC())
                .backup(BackupRequest.of(ENVIRONMENT))
                .manifest();
    }

    private static Manifest copy(Manifest sample, int number) {
        Instant started = sample.origin().started().minus(Duration.ofHours(number));
        return new Manifest(
                NAME.format(started),
                new Manifest.Origin(sample.origin().monarchVersion(), started, started),
                sample.source(),
                sample.reading(),
                sample.scope(),
                sample.history(),
                sample.archive(),
                sample.collections());
    }

    private static void put(S3Client client, String key, byte[] content) {
        client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    private static AnnotationConfigApplicationContext context(S3Client client, String prefix) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        Map<String, Object> properties =
                Map.of("monarch.backups.s3.bucket", BUCKET, "monarch.backups.s3.prefix", prefix);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("benchmark", properties));
        context.registerBean(S3Client.class, () -> client);
        context.register(MonarchS3AutoConfiguration.class);
        context.refresh();
        return context;
    }

    private void measure(BackupStore store, int size) {
        RetentionService retention = new RetentionService(
                environments, new BackupStores(List.of(store), null), LockSettings.DEFAULT, Clock.systemUTC());
        PruneRequest request = PruneRequest.of(ENVIRONMENT, Retention.NONE.keep(RetentionInterval.LAST, KEPT));
        measure(store, "list", size, () -> require(store.list().size(), size));
        measure(store, "list again", size, () -> require(store.list().size(), size));
        measure(
                store,
                "plan a prune",
                size,
                () -> require(retention.plan(request).decisions().size(), size));
        measure(
                store,
                "prune",
                size,
                () -> require(retention.prune(request).removed().size(), size - KEPT));
    }

    private void measure(BackupStore store, String what, int size, Runnable work) {
        requests.set(0);
        long begun = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        out.printf(
                Locale.ROOT,
                "%-10s %-14s %8d %9.2f %9d %11.3f ms%n",
                store.name(),
                what,
                size,
                seconds,
                requests.get(),
                seconds * 1_000 / size);
    }

    private static void require(int found, int expected) {
        if (found != expected) {
            throw new IllegalStateException("Expected " + expected + " backups, but there are " + found);
        }
    }

    private final class Counter implements ExecutionInterceptor {

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            requests.incrementAndGet();
        }
    }
}
