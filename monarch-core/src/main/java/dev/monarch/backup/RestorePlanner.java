package dev.monarch.backup;

import org.jspecify.annotations.Nullable;

import dev.monarch.environment.Guard;
import dev.monarch.staging.ReplacementPlan;
import dev.monarch.staging.ReplacementPlanner;
import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.ReadReport;

/** Looks what a restore would do; changes nothing. */
final class RestorePlanner {

    private final StoredArchive archive;

    private final RestoreScope scope;

    private final Guard guard;

    RestorePlanner(StoredArchive archive, RestoreScope scope, Guard guard) {
        this.archive = archive;
        this.scope = scope;
        this.guard = guard;
    }

    ReplacementPlan plan(Catalogue held) {
        @Nullable Manifest manifest = archive.manifest();
        boolean losesHistory = !scope.request().keepsHistory()
                && scope.removesOthers()
                && held.collection(scope.historyCollection()).isEmpty();
        return new ReplacementPlanner(scope.target(), scope.staging().replacement())
                .check(() -> scope.requireApproval(guard))
                .check(scope::requireWhole)
                .check(() -> scope.requireSelected(held))
                .warnIf(
                        manifest == null,
                        "Nothing is known of this archive but what it says itself: whether it holds a whole database, and"
                                + " whether all of it was read at one time.")
                .warnIf(
                        manifest != null && manifest.reading().had() != ReadReport.Had.SNAPSHOT,
                        "The backup does not hold everything at one time.")
                .warnIf(losesHistory, "The backup has no migration history: all migrations will be pending.")
                .plan(archive.title(), scope.coming(held));
    }
}
