package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;
import dev.monarch.spring.boot.s3.MonarchS3AutoConfiguration;

/**
 * Uploads and downloads of archives: Monarch's store and the SDK's own TransferManager, in turns on one server.
 *
 * <p>Arguments: number of megabytes (2,048), number of runs (5). The server is s3proxy in its own process, with TLS as
 * S3 has it. Without TLS one client would sign every byte and the other would not. Both read and write a file, which is
 * in the system's cache for both.
 */
public final class S3Benchmark {

    private static final String BUCKET = "benchmark";

    private static final int MEGABYTE = 1024 * 1024;

    private final BackupStore store;

    private final S3TransferManager uploads;

    private final S3TransferManager downloads;

    private final Path archive;

    private final Path fetched;

    private S3Benchmark(
            BackupStore store, S3TransferManager uploads, S3TransferManager downloads, Path archive, Path fetched) {
        this.store = store;
        this.uploads = uploads;
        this.downloads = downloads;
        this.archive = archive;
        this.fetched = fetched;
    }

    /**
     * Runs everything.
     *
     * @param arguments number of megabytes, number of runs
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int megabytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_048;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("monarch-benchmark");
        Path archive = folder.resolve("archive");
        try (BenchmarkBucket server = BenchmarkBucket.start(folder, BUCKET);
                S3Client client = server.client();
                S3TransferManager uploads = server.transfers(true);
                S3TransferManager downloads = server.transfers(false);
                AnnotationConfigApplicationContext context = context(client)) {
            fill(archive, megabytes);
            BackupStore store = context.getBean(BackupStore.class);
            S3Benchmark benchmark = new S3Benchmark(store, uploads, downloads, archive, folder.resolve("fetched"));
            benchmark.run(megabytes, runs, out);
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private static AnnotationConfigApplicationContext context(S3Client client) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        Map<String, Object> properties = Map.of("monarch.backups.s3.bucket", BUCKET);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("benchmark", properties));
        context.registerBean(S3Client.class, () -> client);
        context.register(MonarchS3AutoConfiguration.class);
        context.refresh();
        return context;
    }

    private static void fill(Path archive, int megabytes) throws IOException {
        Random random = new Random(1);
        byte[] bytes = new byte[MEGABYTE];
        try (OutputStream file = Files.newOutputStream(archive)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(bytes);
                file.write(bytes);
            }
        }
    }

    private void run(int megabytes, int runs, PrintStream out) throws Exception {
        new Comparison(
                        "Upload of " + megabytes + " MB",
                        List.of(
                                new Contender("monarch", this::upload),
                                new Contender("TransferManager", this::uploadByTransferManager)))
                .run(runs, out);
        Manifest kept = store();
        uploadByTransferManager();
        new Comparison(
                        "Download of " + megabytes + " MB",
                        List.of(
                                new Contender("monarch", () -> download(kept.name())),
                                new Contender("TransferManager", this::downloadByTransferManager)))
                .run(runs, out);
    }

    private long upload() throws IOException {
        return store().archive().length();
    }

    private Manifest store() throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                BackupUpload upload = store.begin("benchmark", ".archive.zst")) {
            byte[] buffer = new byte[MEGABYTE];
            for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
                upload.write(buffer, 0, read);
            }
            return upload.complete(BenchmarkManifest.of(upload.name(), Files.size(archive)));
        }
    }

    private long uploadByTransferManager() {
        uploads.uploadFile(upload -> upload.source(archive)
                        .putObjectRequest(put -> put.bucket(BUCKET).key("by-transfer-manager")))
                .completionFuture()
                .join();
        return 0;
    }

    private long download(String name) throws IOException {
        try (InputStream data = store.open(name);
                OutputStream file = Files.newOutputStream(fetched)) {
            return data.transferTo(file);
        }
    }

    private long downloadByTransferManager() {
        downloads
                .downloadFile(download -> download.destination(fetched)
                        .getObjectRequest(get -> get.bucket(BUCKET).key("by-transfer-manager")))
                .completionFuture()
                .join();
        return 0;
    }
}
