package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.backup.BackupStore;
import dev.monarch.backup.Manifest;
import dev.monarch.backup.contract.BackupStoreContractTests;
import dev.monarch.backup.contract.CallFaults;
import dev.monarch.backup.contract.SampleBackups;

class S3BackupStoreContractTests extends BackupStoreContractTests {

    private final TestBucket bucket = TestBucket.create();

    private final FaultyLine line = FaultyLine.to(bucket.server().endpoint());

    /** The client does not retry, so the store must handle each failure. */
    private final S3Client client = bucket.server()
            .at(line.uri())
            .builder(bucket.server().secretKey())
            .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void close() throws IOException {
        client.close();
        line.close();
        bucket.close();
    }

    @Override
    protected BackupStore store() {
        return bucket.store();
    }

    @Override
    protected BackupStore storeOfLater() {
        return bucket.impatientStore(bucket.client());
    }

    @Override
    protected Optional<BackupStore> store(CallFaults calls) {
        line.ask(calls);
        return Optional.of(bucket.store(client, TestBucket.LIMITS));
    }

    @Override
    protected List<String> contents() {
        return Stream.concat(bucket.keys().stream(), bucket.pendingUploads().stream())
                .toList();
    }

    @Override
    protected void put(String name, byte[] content) {
        bucket.client()
                .putObject(
                        put -> put.bucket(bucket.name()).key(TestBucket.PREFIX + name), RequestBody.fromBytes(content));
    }

    /** Two parts. */
    @Override
    protected int lengthOfSeveralPieces() {
        return 5 * TestBucket.MIB + 1;
    }

    @Override
    protected void storeAll(List<Manifest> manifests, byte[] content) {
        manifests.parallelStream().forEach(manifest -> {
            putFast(manifest.name() + SampleBackups.EXTENSION, content);
            putFast(manifest.name() + ".manifest.json", manifest.toJson());
        });
    }

    /** Writes a file into the server's directory, which is much faster. */
    private void putFast(String name, byte[] content) {
        Path files = bucket.server().files();
        if (files == null) {
            put(name, content);
            return;
        }
        Path file = files.resolve(bucket.name()).resolve(TestBucket.PREFIX + name);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
