package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoReactiveAutoConfiguration;
import org.springframework.boot.data.mongodb.test.autoconfigure.AutoConfigureDataMongo;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

import dev.monarch.spring.boot.actuate.MonarchEndpointAutoConfiguration;
import dev.monarch.spring.boot.actuate.MonarchHealthAutoConfiguration;
import dev.monarch.spring.boot.actuate.MonarchInfoAutoConfiguration;
import dev.monarch.spring.boot.observation.MonarchMetricsAutoConfiguration;
import dev.monarch.spring.boot.observation.MonarchObservationAutoConfiguration;
import dev.monarch.spring.boot.s3.MonarchS3AutoConfiguration;
import dev.monarch.version.DocumentVersionChange;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

class AutoConfigurationFilesTests {

    /** The auto-configurations before each auto-configuration. */
    private static final Map<Class<?>, List<Class<?>>> AFTER = Map.ofEntries(
            entry(
                    MonarchEnvironmentAutoConfiguration.class,
                    List.of(DataMongoAutoConfiguration.class, DataMongoReactiveAutoConfiguration.class)),
            entry(MonarchMigrationAutoConfiguration.class, List.of(MonarchEnvironmentAutoConfiguration.class)),
            entry(MonarchCopyAutoConfiguration.class, List.of(MonarchEnvironmentAutoConfiguration.class)),
            entry(
                    MonarchBackupAutoConfiguration.class,
                    List.of(MonarchEnvironmentAutoConfiguration.class, MonarchCopyAutoConfiguration.class)),
            entry(
                    MonarchRehearsalAutoConfiguration.class,
                    List.of(
                            MonarchMigrationAutoConfiguration.class,
                            MonarchCopyAutoConfiguration.class,
                            MonarchBackupAutoConfiguration.class)),
            entry(MonarchBackfillAutoConfiguration.class, List.of(MonarchMigrationAutoConfiguration.class)),
            entry(MonarchScheduleAutoConfiguration.class, List.of(MonarchBackupAutoConfiguration.class)),
            entry(MonarchS3AutoConfiguration.class, List.of(S3AutoConfiguration.class)),
            entry(MonarchShutdownAutoConfiguration.class, List.of(MonarchEnvironmentAutoConfiguration.class)),
            entry(MonarchVersionAutoConfiguration.class, List.of(MonarchBackfillAutoConfiguration.class)),
            entry(
                    MonarchEndpointAutoConfiguration.class,
                    List.of(MonarchEnvironmentAutoConfiguration.class, MonarchBackupAutoConfiguration.class)),
            entry(
                    MonarchHealthAutoConfiguration.class,
                    List.of(MonarchEnvironmentAutoConfiguration.class, MonarchBackupAutoConfiguration.class)),
            entry(
                    MonarchInfoAutoConfiguration.class,
                    List.of(MonarchEnvironmentAutoConfiguration.class, MonarchMigrationAutoConfiguration.class)),
            entry(MonarchEventAutoConfiguration.class, List.of(MonarchEnvironmentAutoConfiguration.class)),
            entry(
                    MonarchObservationAutoConfiguration.class,
                    List.of(MonarchEnvironmentAutoConfiguration.class, ObservationAutoConfiguration.class)),
            entry(
                    MonarchMetricsAutoConfiguration.class,
                    List.of(
                            MonarchEnvironmentAutoConfiguration.class,
                            MonarchBackupAutoConfiguration.class,
                            CompositeMeterRegistryAutoConfiguration.class)));

    private final List<String> autoConfigurations =
            AutoConfigurationClasses.all().stream().map(Class::getName).toList();

    @Test
    void theImportsFileListsEveryAutoConfiguration() {
        assertThat(ours(AutoConfiguration.class)).isNotEmpty().isEqualTo(autoConfigurations);
    }

    @Test
    void theImportsFileOfTheMongoSliceListsAllButThoseForActuatorAndMicrometer() {
        assertThat(ours(AutoConfigureDataMongo.class))
                .isEqualTo(autoConfigurations.stream()
                        .filter(name -> !name.contains(".actuate.") && !name.contains(".observation."))
                        .toList());
    }

    @Test
    void theyComeAfterTheseAndBeforeNone() {
        Map<Class<?>, List<Class<?>>> after = new HashMap<>();
        for (Class<?> type : AutoConfigurationClasses.all()) {
            after.put(type, after(type));
            AutoConfiguration annotation = type.getAnnotation(AutoConfiguration.class);
            assertThat(annotation.before()).isEmpty();
            assertThat(annotation.beforeName()).isEmpty();
        }
        assertThat(after).isEqualTo(AFTER);
        assertThat(after.values())
                .allSatisfy(types -> assertThat(types)
                        .isNotEmpty()
                        .allSatisfy(type -> assertThat(type).hasAnnotation(AutoConfiguration.class)));
    }

    @Test
    void theyComeAfterWhatDefinesTheBeansOfTheirConditions() {
        for (Class<?> type : AutoConfigurationClasses.all()) {
            assertThat(type.getAnnotationsByType(ConditionalOnBean.class))
                    .flatExtracting(condition -> List.of(condition.value()))
                    .allSatisfy(bean ->
                            assertThat(allBefore(type)).as(type.getSimpleName()).containsAll(definitions(bean)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOrderInTheFileHasNoEffect(boolean reversed) {
        List<Class<?>> classes = new ArrayList<>(AutoConfigurationClasses.all());
        classes.addAll(List.of(
                S3AutoConfiguration.class,
                AwsAutoConfiguration.class,
                RegionProviderAutoConfiguration.class,
                CredentialsProviderAutoConfiguration.class,
                DataMongoAutoConfiguration.class,
                MongoAutoConfiguration.class,
                ObservationAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class,
                MetricsAutoConfiguration.class,
                SimpleMetricsExportAutoConfiguration.class));
        if (reversed) {
            Collections.reverse(classes);
        }
        List<String> beans = AutoConfigurationClasses.beansIn(new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(classes.toArray(Class<?>[]::new)))
                .withBean(DocumentVersionChange.class, () -> dog -> {})
                .withPropertyValues(
                        "spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100",
                        "spring.cloud.aws.region.static=eu-central-1",
                        "spring.cloud.aws.credentials.access-key=test",
                        "spring.cloud.aws.credentials.secret-key=test",
                        "monarch.migrations.backup-first=true",
                        "monarch.backups.local.directory=backups",
                        "monarch.backups.s3.bucket=kennel",
                        "monarch.backups.schedules[0].cron=0 0 2 * * *",
                        "management.endpoints.web.exposure.include=monarch"));
        assertThat(AutoConfigurationClasses.beans())
                .filteredOn(name -> !beans.contains(name))
                .as("missing")
                // They exist if migrations run at another time, and in a web application.
                .containsExactlyInAnyOrder("monarchMigrationRunner", "monarchServingPace");
    }

    private static List<Class<?>> after(Class<?> autoConfiguration) {
        AutoConfiguration annotation = autoConfiguration.getAnnotation(AutoConfiguration.class);
        return Stream.concat(
                        Arrays.stream(annotation.after()),
                        Arrays.stream(annotation.afterName()).map(name -> ClassUtils.resolveClassName(name, null)))
                .<Class<?>>map(type -> type)
                .toList();
    }

    /** The auto-configurations before it, transitively. */
    private static Set<Class<?>> allBefore(Class<?> autoConfiguration) {
        Set<Class<?>> before = new HashSet<>();
        for (Class<?> type : after(autoConfiguration)) {
            before.add(type);
            if (AFTER.containsKey(type)) {
                before.addAll(allBefore(type));
            }
        }
        return before;
    }

    private static List<Class<?>> definitions(Class<?> bean) {
        return Stream.concat(AutoConfigurationClasses.all().stream(), Stream.of(S3AutoConfiguration.class))
                .filter(type -> AutoConfigurationClasses.beansOf(type).stream()
                        .anyMatch(method -> bean.isAssignableFrom(method.getReturnType())))
                .<Class<?>>map(type -> type)
                .toList();
    }

    private static List<String> ours(Class<?> annotation) {
        return ImportCandidates.load(annotation, null).getCandidates().stream()
                .filter(name -> name.startsWith("dev.monarch."))
                .sorted()
                .toList();
    }
}
