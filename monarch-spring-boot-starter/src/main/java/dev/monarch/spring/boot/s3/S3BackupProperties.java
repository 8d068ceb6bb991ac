package dev.monarch.spring.boot.s3;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A bucket that backups are kept in.
 *
 * @param bucket Bucket that backups are kept in, by the S3Client of the application.
 * @param prefix What the keys of backups begin with, such as 'backups/kennel'.
 * @param storageClass Storage class of the data, such as 'STANDARD_IA'. When not set, the bucket's.
 * @param encryption How the service encrypts what it keeps. When not set, as the bucket says.
 * @param kmsKey Key that the service encrypts with, for 'sse-kms'. When not set, the account's own.
 * @param partSize Size of the first parts of an upload, and of those of a download; memory for eight of them is needed.
 * @param tags Tags of the objects.
 */
@ConfigurationProperties("monarch.backups.s3")
public record S3BackupProperties(
        @Nullable String bucket,
        @Nullable String prefix,
        @Nullable String storageClass,
        @Nullable Encryption encryption,
        @Nullable String kmsKey,
        @DefaultValue("8MB") DataSize partSize,
        @DefaultValue Map<String, String> tags) {

    /** How a service encrypts what it keeps. */
    public enum Encryption {

        /** With a key that S3 has. */
        SSE_S3,

        /** With a key that the key management service has. */
        SSE_KMS
    }
}
