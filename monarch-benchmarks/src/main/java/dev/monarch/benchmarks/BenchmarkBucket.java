package dev.monarch.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** A bucket on an s3proxy that runs in its own process. */
final class BenchmarkBucket implements AutoCloseable {

    private static final int ATTEMPTS = 300;

    private static final long PART = 8L * 1024 * 1024;

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("benchmark", "benchmark"));

    private static final String KEY_PASSWORD = "benchmark";

    private final URI endpoint;

    private final Process process;

    private BenchmarkBucket(URI endpoint, Process process) {
        this.endpoint = endpoint;
        this.process = process;
    }

    static BenchmarkBucket start(Path folder, String bucket) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        URI endpoint = URI.create("https://127.0.0.1:" + port);
        Path keys = keys(folder);
        Path settings = folder.resolve("s3proxy.conf");
        Files.write(
                settings,
                List.of(
                        "s3proxy.secure-endpoint=" + endpoint,
                        "s3proxy.keystore-path=" + keys,
                        "s3proxy.keystore-password=" + KEY_PASSWORD,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=benchmark",
                        "s3proxy.credential=benchmark",
                        "s3proxy.ignore-unknown-headers=true",
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + Files.createDirectories(folder.resolve("objects")),
                        "jclouds.identity=benchmark",
                        "jclouds.credential=benchmark"));
        Process process = new ProcessBuilder(
                        java("java"),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        BenchmarkBucket started = new BenchmarkBucket(endpoint, process);
        started.awaitStart();
        try (S3Client client = started.client()) {
            client.createBucket(create -> create.bucket(bucket));
        }
        return started;
    }

    /** Creates a certificate for the server, which this process trusts from now on. */
    private static Path keys(Path folder) throws IOException, InterruptedException {
        Path keys = folder.resolve("keys.p12");
        int exit = new ProcessBuilder(
                        java("keytool"),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        KEY_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("keytool ended with " + exit);
        }
        System.setProperty("javax.net.ssl.trustStore", keys.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", KEY_PASSWORD);
        return keys;
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private void awaitStart() throws InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                new Socket(endpoint.getHost(), endpoint.getPort()).close();
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("s3proxy does not answer");
    }

    S3Client client() {
        return client(settings -> {});
    }

    S3Client client(Consumer<ClientOverrideConfiguration.Builder> settings) {
        return S3Client.builder()
                .overrideConfiguration(settings)
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .forcePathStyle(true)
                .build();
    }

    /**
     * Transfers files with the SDK.
     *
     * @param inParts whether in parts of the size that Monarch starts with; s3proxy accepts uploads in parts, but does
     *     not serve downloads by part
     */
    S3TransferManager transfers(boolean inParts) {
        return S3TransferManager.builder()
                .s3Client(S3AsyncClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(CREDENTIALS)
                        .forcePathStyle(true)
                        .multipartEnabled(inParts)
                        .multipartConfiguration(
                                parts -> parts.minimumPartSizeInBytes(PART).thresholdInBytes(PART))
                        .build())
                .build();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
