package dev.monarch.backup;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.replacement.ReplacementRequest;

/** Which backup is restored into which environment, and how. Immutable: each method returns another request. */
public final class RestoreRequest extends ReplacementRequest<RestoreRequest> {

    private final BackupSource backup;

    private final String environment;

    private final ArchivedDatabase database;

    private RestoreRequest(BackupSource backup, String environment, ArchivedDatabase database, Terms terms) {
        super(terms);
        this.backup = backup;
        this.environment = environment;
        this.database = database;
    }

    /**
     * Restores a whole backup.
     *
     * @param backup the backup
     * @param environment the name of the environment whose data is replaced
     * @return the request
     * @throws IllegalArgumentException if the name is blank
     */
    public static RestoreRequest of(BackupSource backup, String environment) {
        Checks.notBlank("environment", environment);
        return new RestoreRequest(backup, environment, ArchivedDatabase.THE_ONLY_ONE, Terms.DEFAULT);
    }

    @Override
    protected RestoreRequest with(Terms other) {
        return new RestoreRequest(backup, environment, database, other);
    }

    /**
     * Chooses one of the databases that the archive of a whole server holds.
     *
     * @param name its name there; null for the only one
     * @return the request
     */
    public RestoreRequest ofDatabase(@Nullable String name) {
        return new RestoreRequest(backup, environment, new ArchivedDatabase(name, database.oneOfAll()), terms());
    }

    /** Asks for one of all databases of the archive, into the environment that has its name. */
    RestoreRequest ofEach(String name, String into) {
        return new RestoreRequest(backup, into, new ArchivedDatabase(name, true), terms());
    }

    ArchiveSelection archived() {
        return new ArchiveSelection(database.name(), selection(), Map.of(), database.oneOfAll());
    }

    /**
     * {@return the name of the database in the archive; null for the only one}
     */
    public @Nullable String database() {
        return database.name();
    }

    BackupSource backup() {
        return backup;
    }

    /**
     * {@return the name of the environment whose data is replaced}
     */
    public String environment() {
        return environment;
    }

    /** A database of an archive, perhaps one of all that are restored. */
    private record ArchivedDatabase(@Nullable String name, boolean oneOfAll) {

        static final ArchivedDatabase THE_ONLY_ONE = new ArchivedDatabase(null, false);
    }
}
