package dev.monarch.backup;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.InvalidRequestException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.staging.PartialTarget;
import dev.monarch.engine.staging.StagingRequest;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.SourceCheck;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.transfer.CollectionDescription;

/** The scope of a restore: which collections it may change, by the rules that do not need a server. */
record RestoreScope(
        MonarchEnvironment target,
        RestoreRequest request,
        Approval approval,
        StoredArchive archive,
        TransferPace pace,
        String historyCollection,
        RestoreChange change) {

    static final String OPERATION = "restore into";

    /** Returns the exception for a backup that does not match its manifest. */
    TransferFailedException damaged(String problem) {
        return new TransferFailedException(
                Reason.BACKUP_DAMAGED,
                OPERATION,
                target.name(),
                "the backup '" + archive.title() + "' is damaged (" + problem
                        + "), and "
                        + (request.options().contains(Option.IN_PLACE)
                                ? "the database is incomplete now"
                                : "nothing has been replaced"));
    }

    private @Nullable Manifest manifest() {
        return archive.manifest();
    }

    /**
     * {@return whether collections that are not in the backup are removed} This requires a complete backup and a
     * complete restore.
     */
    boolean removesOthers() {
        Manifest manifest = manifest();
        return request.selection().isWhole()
                && manifest != null
                && !manifest.isPartial()
                && !manifest.isForeign()
                && change.chosen() == null;
    }

    boolean keepsHistory() {
        return request.options().contains(Option.KEEP_HISTORY);
    }

    /** {@return the collections to restore from those in a backup, with their names in the backup} */
    Catalogue incoming(Catalogue contents) {
        Catalogue selected = change.selected(contents).only(request.selection());
        return new Catalogue(
                selected.database(),
                selected.collections().stream()
                        .filter(collection ->
                                !keepsHistory() || !collection.name().equals(historyCollection))
                        .toList(),
                selected.omissions());
    }

    void requireApproval(Guard guard) {
        guard.check(GuardedOperation.RESTORE, target, approval);
    }

    void requireWhole() {
        PartialTarget partial = new PartialTarget(OPERATION, target, request.partialInto());
        if (change.chosen() != null) {
            partial.requireForQuerySet(change.chosen().querySet(), "the backup");
        }
        Manifest manifest = manifest();
        if (manifest != null && manifest.isPartial()) {
            partial.requireForBackup(manifest.source().environment());
        }
    }

    /** A Monarch backup contains one database. */
    void requireDatabase() {
        String requested = request.database();
        Manifest manifest = manifest();
        if (requested != null
                && manifest != null
                && !requested.equals(manifest.source().database())) {
            throw new OperationRefusedException(
                    OPERATION,
                    target.name(),
                    Reason.OTHER_DATABASE_IN_BACKUP,
                    "the backup contains the database '" + manifest.source().database() + "', not '" + requested + "'");
        }
    }

    void requireContents(String backup, Catalogue contents) {
        new SourceCheck(
                        OPERATION,
                        target.name(),
                        historyCollection,
                        request.options().contains(Option.ALLOW_EMPTY))
                .require(backup, contents);
    }

    void requireSelected(Catalogue contents) {
        List<String> names =
                contents.collections().stream().map(CollectionDescription::name).toList();
        request.selection().requireMatches(names, historyCollection, target.name(), "restore");
        Catalogue incoming = incoming(contents);
        List<String> problems = change.renames().problems(incoming, names);
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(target.name(), "rename collections", problems);
        }
    }

    /** {@return the same restore with another change of the data} */
    RestoreScope with(RestoreChange other) {
        return new RestoreScope(target, request, approval, archive, pace, historyCollection, other);
    }

    StagingRequest staging() {
        return StagingRequest.of(OPERATION, request, removesOthers(), historyCollection, pace);
    }
}
