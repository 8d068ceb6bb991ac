package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.monarch.InvalidRequestException;
import dev.monarch.UnknownMigrationException;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.Amendment;
import dev.monarch.migration.Amendment.AmendmentPlan;
import dev.monarch.migration.Amendment.PlannedAmendment;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;

/** Finds the entries that an amendment changes, and checks whether it may change them. */
final class AmendmentPlanner {

    private static final Set<MigrationState> DONE = Set.of(MigrationState.APPLIED, MigrationState.IGNORED);

    private static final Set<MigrationState> NEVER_STARTED = Set.of(MigrationState.PENDING, MigrationState.ROLLED_BACK);

    private static final Set<MigrationState> UNRESOLVED = Set.of(
            MigrationState.RUNNING, MigrationState.INTERRUPTED, MigrationState.FAILED, MigrationState.ROLLING_BACK);

    private final String environment;

    private final MigrationSet migrations;

    private final Map<String, HistoryEntry> entries;

    private final List<String> problems = new ArrayList<>();

    AmendmentPlanner(String environment, MigrationSet migrations, List<HistoryEntry> history) {
        this.environment = environment;
        this.migrations = migrations;
        this.entries = history.stream().collect(Collectors.toMap(HistoryEntry::id, Function.identity()));
    }

    /**
     * Plans an amendment.
     *
     * @throws UnknownMigrationException if the amendment names an unknown migration
     * @throws InvalidRequestException if some of the entries may not be changed in this way; it lists all of them
     */
    AmendmentPlan plan(Amendment amendment) {
        List<PlannedAmendment> changes = changes(amendment);
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment, "change the history", problems);
        }
        return new AmendmentPlan(environment, changes);
    }

    private List<PlannedAmendment> changes(Amendment amendment) {
        if (amendment instanceof Amendment.Ignore ignore) {
            requireKnown(ignore.id(), migrations.ids());
            if (DONE.contains(stateOf(ignore.id()))) {
                problems.add("'" + ignore.id() + "' is " + stateOf(ignore.id()) + " already.");
            }
            return List.of(changeTo(MigrationState.IGNORED, ignore.id()));
        }
        if (amendment instanceof Amendment.IgnoreAll) {
            return once().filter(id -> !DONE.contains(stateOf(id)))
                    .map(id -> changeTo(MigrationState.IGNORED, id))
                    .toList();
        }
        if (amendment instanceof Amendment.Baseline baseline) {
            return baseline(baseline.id());
        }
        return List.of(resolve((Amendment.Resolve) amendment));
    }

    private Stream<String> once() {
        return migrations.migrations().stream()
                .filter(migration -> migration.policy().isFor(environment))
                .filter(migration -> migration.policy().run() != Run.ALWAYS)
                .map(RegisteredMigration::id);
    }

    private List<PlannedAmendment> baseline(String last) {
        requireKnown(last, migrations.ids());
        List<String> covered = once().filter(id -> NaturalOrder.INSTANCE.compare(id, last) <= 0)
                .filter(id -> !DONE.contains(stateOf(id)))
                .toList();
        covered.stream()
                .filter(id -> !NEVER_STARTED.contains(stateOf(id)))
                .forEach(id -> problems.add("'" + id + "' is " + stateOf(id) + ", and must be resolved first."));
        return covered.stream().map(id -> changeTo(MigrationState.IGNORED, id)).toList();
    }

    private PlannedAmendment resolve(Amendment.Resolve resolve) {
        Set<String> known = new TreeSet<>(entries.keySet());
        known.addAll(migrations.ids());
        requireKnown(resolve.id(), known);
        MigrationState state = stateOf(resolve.id());
        if (!UNRESOLVED.contains(state)) {
            problems.add("'" + resolve.id() + "' is " + state
                    + "; only a migration that was started and has not ended, or has failed, can be resolved.");
        }
        return changeTo(resolve.applied() ? MigrationState.APPLIED : MigrationState.PENDING, resolve.id());
    }

    private PlannedAmendment changeTo(MigrationState state, String id) {
        return new PlannedAmendment(id, ShownState.of(stateOf(id)), ShownState.of(state));
    }

    private MigrationState stateOf(String id) {
        HistoryEntry entry = entries.get(id);
        return entry != null ? entry.state() : MigrationState.PENDING;
    }

    private void requireKnown(String id, Collection<String> known) {
        if (!known.contains(id)) {
            throw new UnknownMigrationException(environment, id, NearestNames.to(id, known));
        }
    }
}
