package dev.monarch.backup;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.replacement.ReplacementRequest;

/** What is to be restored into which environment, and how. Immutable: each method returns another request. */
public final class RestoreRequest extends ReplacementRequest<RestoreRequest> {

    private final BackupSource backup;

    private String environment;

    private @Nullable String database;

    private boolean oneOfAll;

    private RestoreRequest(BackupSource backup, String environment) {
        this.backup = backup;
        this.environment = environment;
    }

    /**
     * Asks for a backup to be restored as a whole, with nothing approved.
     *
     * @param backup the backup
     * @param environment the name of the environment that is to become what it was
     * @return the request
     */
    public static RestoreRequest of(BackupSource backup, String environment) {
        return new RestoreRequest(backup, environment);
    }

    /**
     * Chooses one of the databases that the archive of a whole server holds.
     *
     * @param newDatabase its name there; null for the only one
     * @return the request
     */
    public RestoreRequest ofDatabase(@Nullable String newDatabase) {
        return with(copy -> copy.database = newDatabase);
    }

    /** Asks for one of all databases of the archive, into the environment that has its name. */
    RestoreRequest ofEach(String newDatabase, String newEnvironment) {
        return with(copy -> {
            copy.environment = newEnvironment;
            copy.database = newDatabase;
            copy.oneOfAll = true;
        });
    }

    ArchiveSelection archived() {
        return new ArchiveSelection(database, selection(), Map.of(), oneOfAll);
    }

    /**
     * Returns which of the databases of the archive is asked for.
     *
     * @return its name there; null for the only one
     */
    public @Nullable String database() {
        return database;
    }

    BackupSource backup() {
        return backup;
    }

    /**
     * Returns what is restored into.
     *
     * @return the name of the environment
     */
    public String environment() {
        return environment;
    }
}
