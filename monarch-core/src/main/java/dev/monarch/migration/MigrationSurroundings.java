package dev.monarch.migration;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * What an application puts around its migrations.
 *
 * @param template gives the application's own template, which migrations get; asked when a migration first wants it, and
 *     what it throws reaches the migration; null for Spring Data's default
 * @param databases the factory of the application's own template, if it is the environment's: its templates and
 *     repositories then take part in transactional migrations; else null
 * @param listeners told of every step, in this order
 * @param hooks called before and after each run and each migration, in this order
 */
public record MigrationSurroundings(
        @Nullable Supplier<MongoOperations> template,
        @Nullable MongoDatabaseFactory databases,
        List<MigrationListener> listeners,
        List<MigrationHook> hooks) {

    /** Nothing at all. */
    public static final MigrationSurroundings NONE = new MigrationSurroundings(null, null, List.of(), List.of());

    /**
     * Creates surroundings.
     *
     * @param template gives the application's own template
     * @param databases the factory of the application's own template
     * @param listeners told of every step
     * @param hooks called before and after
     */
    public MigrationSurroundings {
        listeners = List.copyOf(listeners);
        hooks = List.copyOf(hooks);
    }
}
