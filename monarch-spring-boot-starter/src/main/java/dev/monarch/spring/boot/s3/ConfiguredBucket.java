package dev.monarch.spring.boot.s3;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Creates a store from the properties, and rejects values that no service accepts. */
final class ConfiguredBucket {

    private static final String PROPERTIES = "monarch.backups.s3.";

    /** S3 accepts no smaller part, except as the last one. */
    private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);

    private static final DataSize LARGEST_PART = DataSize.ofMegabytes(128);

    private final S3BackupProperties properties;

    ConfiguredBucket(S3BackupProperties properties) {
        this.properties = properties;
    }

    S3BackupStore store(S3Client client) {
        ObjectSettings settings =
                new ObjectSettings(properties.storageClass(), encryption(), properties.kmsKey(), properties.tags());
        S3Bucket bucket = new S3Bucket(client, Objects.requireNonNull(properties.bucket()), prefix(), settings);
        return new S3BackupStore(bucket, S3Limits.of(partSize()));
    }

    /** Services interpret keys with empty or dotted parts differently. */
    private String prefix() {
        String given = Objects.requireNonNullElse(properties.prefix(), "");
        String prefix = given.replaceAll("^/|/$", "");
        boolean odd = Stream.of(prefix.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (!prefix.isEmpty() && (odd || prefix.chars().anyMatch(Character::isISOControl))) {
            throw invalid(
                    "prefix",
                    given,
                    "It must consist of parts as in 'backups/kennel', none of them empty or made of dots.");
        }
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    private @Nullable ServerSideEncryption encryption() {
        S3BackupProperties.Encryption encryption = properties.encryption();
        if (properties.kmsKey() != null && encryption != S3BackupProperties.Encryption.SSE_KMS) {
            throw invalid("kms-key", properties.kmsKey(), "It needs monarch.backups.s3.encryption=sse-kms.");
        }
        if (encryption == null) {
            return null;
        }
        return encryption == S3BackupProperties.Encryption.SSE_KMS
                ? ServerSideEncryption.AWS_KMS
                : ServerSideEncryption.AES256;
    }

    private int partSize() {
        DataSize size = properties.partSize();
        if (size.compareTo(SMALLEST_PART) < 0 || size.compareTo(LARGEST_PART) > 0) {
            throw invalid("part-size", size, "It must be between 5MB and 128MB.");
        }
        return (int) size.toBytes();
    }

    private static InvalidConfigurationPropertyValueException invalid(String name, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(PROPERTIES + name, value, reason);
    }
}
