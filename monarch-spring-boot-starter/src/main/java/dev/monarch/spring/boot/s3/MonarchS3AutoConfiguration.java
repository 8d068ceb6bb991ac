package dev.monarch.spring.boot.s3;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.backup.BackupStore;
import dev.monarch.spring.boot.autoconfigure.ConditionalOnSetting;

/** Auto-configuration for backups in a bucket, with the application's own {@code S3Client}. */
@AutoConfiguration(afterName = "io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration")
@ConditionalOnClass(S3Client.class)
@ConditionalOnBean(S3Client.class)
@ConditionalOnSetting("monarch.backups.s3.bucket")
@EnableConfigurationProperties(S3BackupProperties.class)
public final class MonarchS3AutoConfiguration {

    /** Called by Spring. */
    public MonarchS3AutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "monarchS3BackupStore")
    BackupStore monarchS3BackupStore(S3Client client, S3BackupProperties properties) {
        return new ConfiguredBucket(properties).store(client);
    }
}
