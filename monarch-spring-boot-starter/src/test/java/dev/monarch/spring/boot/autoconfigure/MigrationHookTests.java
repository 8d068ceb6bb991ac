package dev.monarch.spring.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.monarch.MigrationVetoedException;
import dev.monarch.migration.MigrationHook;
import dev.monarch.migration.MigrationHook.RunPlan;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Beans of type {@link MigrationHook} are called before each run, and can veto it. */
@MongoTest
class MigrationHookTests {

    @Test
    void hooksAreCalledInTheirOrder(TestMongo mongo) {
        Kennel.start(Kennel.application(Kennel.Migrations.class, Hooked.class), mongo)
                .close();

        assertThat(Kennel.STEPS)
                .containsExactly("first [1-dogs, 2-houses]", "second", "migrated dogs", "migrated houses");
    }

    @Test
    void aVetoEndsTheStartBeforeAnythingRan(TestMongo mongo) {
        assertThatThrownBy(() ->
                        Kennel.start(Kennel.application(Kennel.Migrations.class, Hooked.class, Veto.class), mongo))
                .hasCauseInstanceOf(MigrationVetoedException.class)
                .hasRootCauseMessage("not on a Friday");

        assertThat(Kennel.STEPS).containsExactly("first [1-dogs, 2-houses]", "second");
        assertThat(Kennel.history(mongo)).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Hooked {

        @Bean
        @Order(2)
        MigrationHook second() {
            return new MigrationHook() {
                @Override
                public void beforeRun(RunPlan plan) {
                    Kennel.STEPS.add("second");
                }
            };
        }

        @Bean
        @Order(1)
        MigrationHook first() {
            return new MigrationHook() {
                @Override
                public void beforeRun(RunPlan plan) {
                    Kennel.STEPS.add("first " + plan.ids());
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Veto {

        @Bean
        @Order(3)
        MigrationHook veto() {
            return new MigrationHook() {
                @Override
                public void beforeRun(RunPlan plan) {
                    throw new IllegalStateException("not on a Friday");
                }
            };
        }
    }
}
