package dev.monarch.backup;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.replacement.ReplacementRequest;
import dev.monarch.transfer.CollectionSelection;

/** A request for a restore. Immutable: each method returns a changed copy. */
public final class RestoreRequest extends ReplacementRequest<RestoreRequest> {

    private final BackupSource backup;

    private final String environment;

    private final ArchivedDatabase database;

    private final Change change;

    private RestoreRequest(
            BackupSource backup, String environment, ArchivedDatabase database, Change change, Terms terms) {
        super(terms);
        this.backup = backup;
        this.environment = environment;
        this.database = database;
        this.change = change;
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
        return new RestoreRequest(backup, environment, ArchivedDatabase.THE_ONLY_ONE, Change.NONE, Terms.DEFAULT);
    }

    @Override
    protected RestoreRequest with(Terms other) {
        return new RestoreRequest(backup, environment, database, change, other);
    }

    /**
     * Selects one database of an archive of a whole server.
     *
     * @param name its name in the archive; null for the only one
     * @return the request
     */
    public RestoreRequest ofDatabase(@Nullable String name) {
        return new RestoreRequest(
                backup, environment, new ArchivedDatabase(name, database.oneOfAll()), change, terms());
    }

    /**
     * Renames collections in the target.
     *
     * @param renames the renames; the first one that matches a collection applies
     * @return the request
     */
    public RestoreRequest renaming(List<CollectionRename> renames) {
        return new RestoreRequest(backup, environment, database, new Change(renames, change.querySet()), terms());
    }

    /**
     * Restores only the collections that a query set selects, masked by its rules. Nothing else in the target changes
     * then. If the query set selects documents by their values or reads the database, the backup is first loaded,
     * unmasked, into a scratch database of the target's server, which is dropped at the end.
     *
     * @param querySet the query set and its parameters; null for everything
     * @return the request
     */
    public RestoreRequest withQuerySet(@Nullable QuerySetRequest querySet) {
        return new RestoreRequest(backup, environment, database, new Change(change.renames(), querySet), terms());
    }

    List<CollectionRename> renames() {
        return change.renames();
    }

    @Nullable
    QuerySetRequest querySet() {
        return change.querySet();
    }

    /** Restores one of all databases of the archive, into the environment for that database. */
    RestoreRequest ofEach(String name, String into) {
        return new RestoreRequest(backup, into, new ArchivedDatabase(name, true), change, terms());
    }

    /** Restores collections of the same database into a scratch database. */
    RestoreRequest intoScratch(String scratch, List<String> collections) {
        return new RestoreRequest(backup, scratch, database, Change.NONE, Terms.DEFAULT)
                .selecting(new CollectionSelection(collections, List.of()))
                .partialInto(scratch)
                .onDuplicate(load().onDuplicate())
                .indexed(IndexChoice.CONVERT_LEGACY)
                .verified(load().verification())
                .replacingTimeSeries();
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

    /** How the data changes on the way into the target. */
    private record Change(
            List<CollectionRename> renames, @Nullable QuerySetRequest querySet) {

        static final Change NONE = new Change(List.of(), null);

        Change {
            renames = List.copyOf(renames);
        }
    }

    /** A database of the archive. If {@code oneOfAll} is set, all databases of the archive are restored. */
    private record ArchivedDatabase(@Nullable String name, boolean oneOfAll) {

        static final ArchivedDatabase THE_ONLY_ONE = new ArchivedDatabase(null, false);
    }
}
