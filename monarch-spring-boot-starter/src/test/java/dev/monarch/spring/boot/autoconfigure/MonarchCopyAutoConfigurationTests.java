package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.copy.CopyService;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySets;
import dev.monarch.rehearsal.RehearsalService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Copies and rehearsals. Without a server, because no bean queries one before it is used. */
class MonarchCopyAutoConfigurationTests {

    private final ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles()
            .withConfiguration(AutoConfigurations.of(
                    MonarchCopyAutoConfiguration.class,
                    MonarchBackupAutoConfiguration.class,
                    MonarchMigrationAutoConfiguration.class,
                    MonarchRehearsalAutoConfiguration.class))
            .withPropertyValues(
                    "spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100",
                    "monarch.migrations.run-at=never");

    @Test
    void anApplicationWithMongoCanCopyAndRehearse() {
        application.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(QuerySets.class)
                .hasSingleBean(CopyService.class)
                .hasSingleBean(RehearsalService.class));
    }

    @Test
    void withoutEnvironmentsThereIsNothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MonarchCopyAutoConfiguration.class, MonarchRehearsalAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(QuerySets.class)
                        .doesNotHaveBean(CopyService.class)
                        .doesNotHaveBean(RehearsalService.class));
    }

    @Test
    void querySetsAreBeans() {
        application
                .withUserConfiguration(Sets.class)
                .run(context -> assertThat(context.getBean(QuerySets.class).all())
                        .extracting(QuerySet::name)
                        .containsExactly("Everything"));
    }

    @Test
    void theUsersBeansTakePrecedence() {
        application
                .withUserConfiguration(Own.class)
                .run(context ->
                        assertThat(context).getBean(QuerySets.class).isSameAs(context.getBean("theUsersQuerySets")));
    }

    @Test
    void aShortMaskingKeyIsReportedWithoutTheKey() {
        application
                .withPropertyValues("monarch.masking.key=short")
                .withUserConfiguration(Sets.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .satisfies(started -> assertThatThrownBy(() -> started.getBean(QuerySets.class))
                                .hasStackTraceContaining("at least 16 bytes")
                                .hasMessageNotContaining("short")));
    }

    @Configuration(proxyBeanMethods = false)
    static class Sets {

        @Bean
        Everything everything() {
            return new Everything();
        }
    }

    static final class Everything implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            // Everything is selected.
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        QuerySets theUsersQuerySets() {
            return new QuerySets(List.of(), null, null);
        }
    }
}
