package dev.monarch.backup;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.replacement.ReplacementRequest;

/** A request for a restore. Immutable: each method returns a changed copy. */
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
     * Selects one database of an archive of a whole server.
     *
     * @param name its name in the archive; null for the only one
     * @return the request
     */
    public RestoreRequest ofDatabase(@Nullable String name) {
        return new RestoreRequest(backup, environment, new ArchivedDatabase(name, database.oneOfAll()), terms());
    }

    /** Restores one of all databases of the archive, into the environment for that database. */
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

    /** A database of the archive. If {@code oneOfAll} is set, all databases of the archive are restored. */
    private record ArchivedDatabase(@Nullable String name, boolean oneOfAll) {

        static final ArchivedDatabase THE_ONLY_ONE = new ArchivedDatabase(null, false);
    }
}
