package dev.monarch.spring.boot.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** The properties of an application that runs a command. They override all others. */
final class CommandProperties {

    private static final Map<String, Object> ALWAYS = Map.ofEntries(
            Map.entry("spring.main.web-application-type", "none"),
            Map.entry("spring.main.lazy-initialization", "true"),
            Map.entry("spring.main.banner-mode", "off"),
            Map.entry("spring.main.log-startup-info", "false"),
            Map.entry("spring.main.keep-alive", "false"),
            // Spring's hook would close the context while the verb runs. Ours waits for the verb.
            Map.entry("spring.main.register-shutdown-hook", "false"),
            // A verb that only reads must not create an index.
            Map.entry("spring.data.mongodb.auto-index-creation", "false"),
            // A user waits for the lock, whatever the property says about instances that start.
            Map.entry("monarch.migrations.when-locked", "wait"));

    private static final String RUN_AT = "monarch.migrations.run-at";

    private static final Map<String, Object> QUIET = Map.of(
            "logging.level.root", "warn",
            "logging.threshold.console", "warn",
            // The command itself reports a failure, in one line.
            "logging.level.org.springframework.context", "error",
            "logging.level.org.mongodb.driver", "error",
            "logging.level.dev.monarch.migration.Migrator", "off");

    private static final Map<String, Object> VERBOSE = Map.of(
            "logging.level.root", "info", "logging.threshold.console", "trace", "logging.level.dev.monarch", "debug");

    private CommandProperties() {}

    /** Adds them, and Spring's own arguments. The verb's arguments are not visible to Spring. */
    static void addTo(ConfigurableEnvironment environment, List<String> springArguments, boolean verbose) {
        Map<String, Object> properties = new LinkedHashMap<>(ALWAYS);
        properties.putAll(verbose ? VERBOSE : QUIET);
        environment
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(
                        CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME,
                        springArguments.toArray(String[]::new)));
        environment.getPropertySources().addFirst(new MapPropertySource("monarchCommand", properties));
    }

    /** Adds the properties that a verb needs. The application's own properties override them. */
    static void addOfVerb(ConfigurableEnvironment environment, Map<String, Object> settings) {
        if (!settings.isEmpty()) {
            environment.getPropertySources().addLast(new MapPropertySource("monarchCommandVerb", settings));
        }
    }

    /**
     * Lets no migration run while beans are created: a verb runs migrations itself, if it is one that does. Any other value
     * stays, so that an invalid one is reported.
     */
    static void runNoEarlyMigrations(ConfigurableEnvironment environment) {
        String runAt = Binder.get(environment).bind(RUN_AT, String.class).orElse("");
        if (runAt.strip().equalsIgnoreCase("early")) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("monarchCommandMigrations", Map.of(RUN_AT, "never")));
        }
    }

    /** Sets the name of the environment on which the application starts, so that its protection applies. */
    static void nameOwnEnvironment(ConfigurableEnvironment environment, String name) {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("monarchCommandEnvironment", Map.of("monarch.environment", name)));
    }
}
