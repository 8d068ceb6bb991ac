package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * A server of S3 for tests: that of MONARCH_TEST_S3_ENDPOINT (with _ACCESS_KEY and _SECRET_KEY), MinIO with Docker, or
 * else s3proxy in this process. All tests of a run share one.
 *
 * @param endpoint its endpoint
 * @param accessKey its access key
 * @param secretKey its secret key
 * @param files its directory of objects, if it stores them as files
 */
public record S3Server(
        URI endpoint,
        String accessKey,
        String secretKey,
        @Nullable Path files) {

    private static final String VARIABLE = "MONARCH_TEST_S3_";

    private static final int MINIO_PORT = 9000;

    private static final String KEY = "test";

    private static final String SECRET = "a-secret-for-tests";

    private static final class Shared {

        static final S3Server SERVER = start();
    }

    private static final class Checking {

        static final S3Server SERVER = Shared.SERVER.files() == null
                ? Shared.SERVER
                : inProcess(s3proxy -> s3proxy.awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET));
    }

    /** Returns the server of most tests. S3Proxy does not check their signatures: it would hash all data once more. */
    public static S3Server shared() {
        return Shared.SERVER;
    }

    /** Returns a server that checks signatures. */
    static S3Server checkingSignatures() {
        return Checking.SERVER;
    }

    private static S3Server start() {
        String endpoint = System.getenv(VARIABLE + "ENDPOINT");
        if (endpoint != null) {
            return new S3Server(
                    URI.create(endpoint),
                    System.getenv(VARIABLE + "ACCESS_KEY"),
                    System.getenv(VARIABLE + "SECRET_KEY"),
                    null);
        }
        return DockerClientFactory.instance().isDockerAvailable() ? container() : inProcess(s3proxy -> {});
    }

    @SuppressWarnings("resource") // ends with the run
    private static S3Server container() {
        GenericContainer<?> minio = new GenericContainer<>("minio/minio")
                .withExposedPorts(MINIO_PORT)
                .withCommand("server", "/data");
        minio.start();
        return new S3Server(
                URI.create("http://" + minio.getHost() + ":" + minio.getMappedPort(MINIO_PORT)),
                "minioadmin",
                "minioadmin",
                null);
    }

    private static S3Server inProcess(Consumer<S3Proxy.Builder> settings) {
        try {
            Path files = Files.createTempDirectory("monarch-s3");
            S3Proxy.Builder builder = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(files.toString()))
                    .ignoreUnknownHeaders(true)
                    .stopTimeout(0)
                    .endpoint(URI.create("http://127.0.0.1:0"));
            settings.accept(builder);
            S3Proxy proxy = builder.build();
            proxy.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(files)));
            return new S3Server(URI.create("http://127.0.0.1:" + proxy.getPort()), KEY, SECRET, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path files) {
        try (var all = Files.walk(files)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the same server with another endpoint. */
    S3Server at(URI other) {
        return new S3Server(other, accessKey, secretKey, files);
    }

    public S3Client client() {
        return client(secretKey);
    }

    S3Client client(String secret) {
        return builder(secret).build();
    }

    S3ClientBuilder builder(String secret) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secret)))
                .forcePathStyle(true);
    }
}
