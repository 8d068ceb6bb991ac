package dev.monarch.migration;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;

import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.MigrationSet.RegisteredMigration;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationSetTests {

    @Test
    void findsClassesAndFactoryMethodsEvenBehindProxies() {
        MigrationSet migrations = in(First.class, Factories.class);

        assertThat(migrations.problems()).isEmpty();
        assertThat(migrations.ids()).containsExactly("1-class", "2-method", "3-proxy");
        migrations.requireValid();
    }

    @Test
    void theAnnotationSetsThePolicyOfTheMigration() {
        assertThat(in(First.class).migrations())
                .extracting(RegisteredMigration::policy)
                .containsExactly(MigrationPolicy.DEFAULT);
        assertThat(in(WithAllAttributes.class).migrations())
                .extracting(RegisteredMigration::policy)
                .containsExactly(new MigrationPolicy(
                        true, Run.ON_CHANGE, "3", OnInterrupted.MANUAL, Set.of("staging", "production")));
    }

    @Test
    void knowsWhichMigrationsCanBeRolledBack() {
        assertThat(in(WithAllAttributes.class).find("1").orElseThrow().hasDown())
                .isTrue();
        assertThat(in(First.class).find("1-class").orElseThrow().hasDown()).isFalse();
    }

    @Migration(
            id = "1",
            transactional = true,
            run = Run.ON_CHANGE,
            version = "3",
            onInterrupted = OnInterrupted.MANUAL,
            environments = {"staging", "production"})
    static class WithAllAttributes implements MongoMigration {

        @Override
        public void up(MigrationContext context) {
            // Does nothing.
        }

        @Override
        public void down(MigrationContext context) {
            // Does nothing.
        }
    }

    @Test
    void theAnnotationIsAStereotypeAndItsIdIsNotTheBeanName() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(true);
        assertThat(scanner.findCandidateComponents(getClass().getPackageName()))
                .extracting(definition -> definition.getBeanClassName())
                .contains(First.class.getName());
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(First.class)) {
            assertThat(context.containsBean("1-class")).isFalse();
        }
    }

    @Test
    void anIdOfTwoBeansIsReported() {
        MigrationSet migrations = in(First.class, FirstAgain.class);

        assertThat(migrations.problems())
                .singleElement()
                .asString()
                .contains("'1-class' is used twice", First.class.getName(), FirstAgain.class.getName());
    }

    @Test
    void incompleteMigrationsAreReported() {
        MigrationSet migrations = in(NoInterface.class, NoId.class, NoAnnotation.class);

        assertThat(migrations.problems())
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("NoAnnotation", "add @Migration"))
                .anySatisfy(problem -> assertThat(problem).contains("NoInterface", "does not implement MongoMigration"))
                .anySatisfy(problem -> assertThat(problem).contains("NoId", "has no id"));
    }

    @Test
    void aBlankEnvironmentIsReported() {
        assertThat(in(Nowhere.class).problems())
                .singleElement()
                .asString()
                .contains("Nowhere", "names a blank environment");
    }

    @Migration(
            id = "1-nowhere",
            environments = {"staging", " "})
    static class Nowhere implements MongoMigration {

        @Override
        public void up(MigrationContext context) {}
    }

    @Test
    void aContextWithoutMigrationsGivesAnEmptySet() {
        assertThat(in().isEmpty()).isTrue();
        assertThat(in(First.class).isEmpty()).isFalse();
        assertThat(in(NoAnnotation.class).isEmpty()).isFalse();
    }

    private static MigrationSet in(Class<?>... components) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            if (components.length > 0) {
                context.register(components);
            }
            context.refresh();
            return MigrationSet.in(context.getBeanFactory());
        }
    }

    @Migration("1-class")
    static class First implements MongoMigration {
        @Override
        public void up(MigrationContext context) {}
    }

    @Migration(id = "1-class")
    static class FirstAgain implements MongoMigration {
        @Override
        public void up(MigrationContext context) {}
    }

    @Migration("2")
    static class NoInterface {}

    @Migration
    static class NoId implements MongoMigration {
        @Override
        public void up(MigrationContext context) {}
    }

    static class NoAnnotation implements MongoMigration {
        @Override
        public void up(MigrationContext context) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Factories {

        @Bean
        @Migration("2-method")
        MongoMigration fromAMethod() {
            return context -> {};
        }

        @Bean
        @Migration("3-proxy")
        MongoMigration behindAProxy() {
            MongoMigration target = context -> {};
            return (MongoMigration)
                    new ProxyFactory(MongoMigration.class, new SingletonTargetSource(target)).getProxy();
        }
    }
}
