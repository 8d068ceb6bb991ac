package dev.monarch.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/**
 * What an application puts around its migrations.
 *
 * @param converter the converter of the template that migrations get, or null for Spring Data's default
 * @param databases the application's own factory, whose templates then take part in transactional migrations, or null
 * @param listeners told of every step, in this order
 * @param hooks called before and after each run and each migration, in this order
 */
public record MigrationSurroundings(
        @Nullable MongoConverter converter,
        @Nullable MongoDatabaseFactory databases,
        List<MigrationListener> listeners,
        List<MigrationHook> hooks) {

    /** Nothing at all. */
    public static final MigrationSurroundings NONE = new MigrationSurroundings(null, null, List.of(), List.of());

    /**
     * Creates surroundings.
     *
     * @param converter the converter of the template that migrations get
     * @param databases the application's own factory
     * @param listeners told of every step
     * @param hooks called before and after
     */
    public MigrationSurroundings {
        listeners = List.copyOf(listeners);
        hooks = List.copyOf(hooks);
    }
}
