package dev.monarch.spring.boot.s3;

import java.nio.file.Path;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.backup.BackupStore;
import dev.monarch.backup.LocalBackupStore;

import static org.assertj.core.api.Assertions.assertThat;

/** Without a server, because no bean queries one before it is used. */
class MonarchS3AutoConfigurationTests {

    /** In the wrong order on purpose. */
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MonarchS3AutoConfiguration.class,
                    S3AutoConfiguration.class,
                    AwsAutoConfiguration.class,
                    RegionProviderAutoConfiguration.class,
                    CredentialsProviderAutoConfiguration.class))
            .withPropertyValues(
                    "spring.cloud.aws.region.static=eu-central-1",
                    "spring.cloud.aws.credentials.access-key=test",
                    "spring.cloud.aws.credentials.secret-key=test");

    private final ApplicationContextRunner withBucket =
            application.withPropertyValues("monarch.backups.s3.bucket=kennel");

    @Test
    void aBucketIsAStore() {
        withBucket
                .withPropertyValues("monarch.backups.s3.prefix=/a/b/")
                .run(context -> assertThat(context.getBean(BackupStore.class))
                        .returns("s3", BackupStore::name)
                        .returns("the bucket 'kennel' under 'a/b/'", BackupStore::description));
    }

    @Test
    void withoutABucketThereIsNoStore() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BackupStore.class));
    }

    @Test
    void withoutAClientThereIsNoStore() {
        withBucket
                .withPropertyValues("spring.cloud.aws.s3.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BackupStore.class));
    }

    @Test
    void withoutTheSdkThereIsNoStore() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MonarchS3AutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(S3Client.class))
                .withPropertyValues("monarch.backups.s3.bucket=kennel")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BackupStore.class));
    }

    @Test
    void theUsersStoreWithThatNameTakesPrecedence() {
        withBucket
                .withUserConfiguration(Own.class)
                .run(context -> assertThat(context).getBean(BackupStore.class).isInstanceOf(LocalBackupStore.class));
    }

    @ParameterizedTest
    @CsvSource({
        "prefix,    a//b, It must consist of parts",
        "prefix,    ../b, It must consist of parts",
        "part-size, 4MB,  It must be between 5MB and 128MB.",
        "part-size, 1GB,  It must be between 5MB and 128MB.",
        "kms-key,   key,  It needs monarch.backups.s3.encryption=sse-kms."
    })
    void invalidSettingsAreRefused(String property, String value, String reason) {
        withBucket
                .withPropertyValues("monarch.backups.s3." + property + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("monarch.backups.s3." + property)
                        .hasMessageContaining(reason));
    }

    @Test
    void allPropertiesAreApplied() {
        withBucket
                .withPropertyValues(
                        "monarch.backups.s3.storage-class=STANDARD_IA",
                        "monarch.backups.s3.encryption=sse-kms",
                        "monarch.backups.s3.kms-key=alias/backups",
                        "monarch.backups.s3.part-size=16MB",
                        "monarch.backups.s3.tags.team=kennel")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(BackupStore.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        BackupStore monarchS3BackupStore() {
            return new LocalBackupStore(Path.of("anywhere"));
        }
    }
}
