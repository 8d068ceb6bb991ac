package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.mongodb.test.autoconfigure.AutoConfigureDataMongo;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.s3.MonarchS3AutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class AutoConfigurationFilesTests {

    private final List<String> autoConfigurations = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.monarch.spring.boot")
                    .stream()
                    .filter(type -> type.isAnnotatedWith(AutoConfiguration.class))
                    .map(JavaClass::getName)
                    .sorted()
                    .toList();

    @Test
    void theImportsFileListsEveryAutoConfiguration() {
        assertThat(ours(AutoConfiguration.class)).isNotEmpty().isEqualTo(autoConfigurations);
    }

    @Test
    void theImportsFileOfTheMongoSliceListsThemToo() {
        assertThat(ours(AutoConfigureDataMongo.class)).isEqualTo(autoConfigurations);
    }

    @Test
    void whatTheyComeAfterIsThereAndIsAnAutoConfiguration() {
        for (String name : autoConfigurations) {
            AutoConfiguration annotation = typeOf(name).getAnnotation(AutoConfiguration.class);
            List<Class<?>> after = new ArrayList<>(List.of(annotation.after()));
            Arrays.stream(annotation.afterName())
                    .map(AutoConfigurationFilesTests::typeOf)
                    .forEach(after::add);
            assertThat(after).isNotEmpty().allSatisfy(each -> assertThat(each).hasAnnotation(AutoConfiguration.class));
            assertThat(annotation.before()).isEmpty();
            assertThat(annotation.beforeName()).isEmpty();
        }
    }

    @Test
    void theyComeAfterWhatTheirConditionsLookAt() {
        assertThat(MonarchEnvironmentAutoConfiguration.class
                        .getAnnotation(AutoConfiguration.class)
                        .after())
                .containsExactly(DataMongoAutoConfiguration.class);
        assertThat(MonarchMigrationAutoConfiguration.class
                        .getAnnotation(AutoConfiguration.class)
                        .after())
                .containsExactly(MonarchEnvironmentAutoConfiguration.class);
        assertThat(MonarchS3AutoConfiguration.class
                        .getAnnotation(AutoConfiguration.class)
                        .afterName())
                .containsExactly(S3AutoConfiguration.class.getName());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOrderTheyAreListedInIsOfNoConcern(boolean reversed) {
        Class<?>[] classes = {
            MonarchMigrationAutoConfiguration.class,
            MonarchEnvironmentAutoConfiguration.class,
            DataMongoAutoConfiguration.class,
            MongoAutoConfiguration.class
        };
        if (reversed) {
            Collections.reverse(Arrays.asList(classes));
        }
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(classes))
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own")
                .run(context -> assertThat(context)
                        .hasSingleBean(EnvironmentRegistry.class)
                        .hasSingleBean(Migrator.class));
    }

    private static List<String> ours(Class<?> annotation) {
        return ImportCandidates.load(annotation, null).getCandidates().stream()
                .filter(name -> name.startsWith("dev.monarch."))
                .sorted()
                .toList();
    }

    private static Class<?> typeOf(String name) {
        return ClassUtils.resolveClassName(name, null);
    }
}
