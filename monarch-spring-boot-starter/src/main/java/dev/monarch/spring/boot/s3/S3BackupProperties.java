package dev.monarch.spring.boot.s3;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A bucket in which backups are kept.
 *
 * @param bucket Bucket in which backups are kept, reached by the application's S3Client.
 * @param prefix Prefix of the keys of backups, such as 'backups/kennel'.
 * @param storageClass Storage class of the data, such as 'STANDARD_IA'. When not set, the bucket's.
 * @param encryption How the service encrypts objects. When not set, the bucket's setting.
 * @param kmsKey Key for 'sse-kms'. When not set, the account's default key.
 * @param partSize Size of the first parts of an upload, and of the parts of a download. Memory for eight parts is
 *     needed.
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

    /** How a service encrypts objects. */
    public enum Encryption {

        /** With a key of S3. */
        SSE_S3,

        /** With a key of the key management service. */
        SSE_KMS
    }
}
