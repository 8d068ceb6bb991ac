package dev.monarch.sample.packaged;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import dev.monarch.migration.MigrationHook;
import dev.monarch.sample.KennelApplication;

/** The kennel with a hook, which {@link AheadOfTimeIT} builds with ahead-of-time processing. */
@SpringBootApplication(proxyBeanMethods = false, scanBasePackageClasses = KennelApplication.class)
class HookedKennel {

    static final String HOOK = "The hook is called before ";

    public static void main(String[] arguments) {
        SpringApplication.run(HookedKennel.class, arguments);
    }

    @Bean
    MigrationHook announcement() {
        return new MigrationHook() {
            @Override
            public void beforeMigration(RunPlan plan, String id) {
                System.out.println(HOOK + id);
            }
        };
    }
}
