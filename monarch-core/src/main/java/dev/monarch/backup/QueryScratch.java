package dev.monarch.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.mongodb.ReadPreference;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.engine.staging.Replacement;
import dev.monarch.engine.staging.ReplacementOrigin.OpenOrigin;
import dev.monarch.engine.staging.ScratchDatabase;
import dev.monarch.engine.staging.TargetPrivileges;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.DatabaseRemoval;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.TransferProgress;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * The scratch database of a restore with a query set, on the server of the target.
 *
 * <p>Only a server can evaluate filters and follow references. So the collections that the query set selects are first
 * restored completely into this database. Then the selected documents are read from it into the target.
 *
 * @param scope the restore into the target
 * @param contents the collections of the backup
 * @param tools what the scratch database is made with
 */
record QueryScratch(RestoreScope scope, Catalogue contents, ScratchTools tools) {

    /**
     * What a scratch database is made with.
     *
     * @param guard decides what may be changed
     * @param lock the timing of locks
     * @param querySets runs a query set that reads the database
     * @param listener receives the progress
     */
    record ScratchTools(Guard guard, LockSettings lock, QuerySets querySets, TransferListener listener) {}

    private MonarchEnvironment environment() {
        return scope.target().scratch(ScratchName.of(scope.target().address().database()));
    }

    /** The restore into the scratch database. References may start from collections that are not restored. */
    private RestoreScope loading(MonarchEnvironment scratch) {
        List<String> needed = scope.change().selected(contents).collections().stream()
                .map(CollectionDescription::name)
                .toList();
        return new RestoreScope(
                scratch,
                scope.request().intoScratch(scratch.name(), needed),
                Approval.confirmed(),
                scope.archive(),
                scope.pace(),
                scope.historyCollection(),
                RestoreChange.toQuery(scope.historyCollection()));
    }

    private BackupOrigin origin(RestoreScope loading) {
        return new BackupOrigin(loading, tools.guard(), (restore, all) -> {
            throw new IllegalStateException("No query set is used to load the scratch database");
        });
    }

    private Replacement replacement(RestoreScope loading) {
        return new Replacement(loading.target(), loading.staging(), tools.lock());
    }

    /**
     * Checks that the data can be loaded into the scratch database.
     *
     * @throws OperationRefusedException with everything that prevents it
     */
    void requirePossible() {
        try (MonarchEnvironment scratch = environment()) {
            TargetPrivileges.requireToDrop(scratch, RestoreScope.OPERATION);
            ScratchDatabase.requireNoOtherData(RestoreScope.OPERATION, scratch);
            RestoreScope loading = loading(scratch);
            List<Fact> refusals = replacement(loading).plan(origin(loading)).refusals();
            if (!refusals.isEmpty()) {
                throw new OperationRefusedException(RestoreScope.OPERATION, scratch.name(), refusals);
            }
        }
    }

    /** {@return what the user must know before it is confirmed, as sentences} */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        try (MonarchEnvironment scratch = environment()) {
            RestoreScope loading = loading(scratch);
            long bytes = origin(loading).bytes();
            warnings.add("A server must evaluate the query set. So Monarch first loads "
                    + loading.request().selection().only().size() + " collections"
                    + (bytes < 0 ? "" : " (" + bytes / 1_000_000 + " MB)")
                    + ", without masks, into the scratch database '"
                    + scratch.address().database() + "' on the same server. At the end, Monarch drops it. It needs "
                    + "disk space in addition to the selected data.");
        }
        if (!scope.change().subset().isDecided()) {
            warnings.add("The query set reads the database, so its selection is not known yet. It may replace each of "
                    + "these collections.");
        }
        return warnings;
    }

    /**
     * Loads the data.
     *
     * @return the selected documents; closing it drops the scratch database
     */
    OpenOrigin open() {
        MonarchEnvironment scratch = environment();
        ScratchDatabase database = null;
        try {
            database = ScratchDatabase.beside(
                    RestoreScope.OPERATION, scratch, new DatabaseRemoval(tools.guard(), tools.lock()));
            RestoreScope loading = loading(scratch);
            replacement(loading).run(origin(loading), preparing());
            return OpenScratch.of(decided(scratch), contents, scratch, database);
        } catch (RuntimeException | Error e) {
            OpenScratch.close(scratch, database);
            throw e;
        }
    }

    /** The progress of the target follows later, with its own collections. */
    private TransferListener preparing() {
        TransferListener listener = tools.listener();
        return listener == TransferListener.NONE
                ? listener
                : progress -> listener.onProgress(
                        new TransferProgress("preparing", progress.collections(), progress.elapsed()));
    }

    private RestoreScope decided(MonarchEnvironment scratch) {
        RestoreChange change = scope.change();
        if (change.subset().isDecided()) {
            return scope;
        }
        RestoreScope decided = scope.with(new RestoreChange(
                tools.querySets()
                        .run(Objects.requireNonNull(scope.request().querySet()), scratch, ReadPreference.primary()),
                change.renames(),
                change.rules()));
        decided.requireSelected(contents);
        return decided;
    }
}
