package dev.monarch.backfill;

import java.util.List;
import java.util.Optional;

import dev.monarch.backfill.BackfillStatus.SetAsideDocument;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.engine.backfill.BackfillOverview;
import dev.monarch.engine.backfill.BackfillRunner;
import dev.monarch.engine.backfill.SetAside;

/** Reads how far the backfills of an environment are, whichever process runs them. */
record BackfillStatuses(BackfilledEnvironment backfilled) {

    List<BackfillStatus> all() {
        backfilled.backfills().requireValid();
        return backfilled.translated(
                "read the backfills of",
                () -> new BackfillOverview(backfilled.environment(), backfilled.settings()).of(backfilled.backfills()));
    }

    BackfillStatus of(String id) {
        return find(id).orElseThrow(() -> backfilled.unknown(id));
    }

    private Optional<BackfillStatus> find(String id) {
        return all().stream().filter(status -> status.id().equals(id)).findFirst();
    }

    /** Returns why a backfill is not done, as a clause. */
    Optional<String> obstacle(String id) {
        Optional<BackfillStatus> known = find(id);
        if (known.isEmpty()) {
            return Optional.of("neither this application nor the history knows");
        }
        BackfillStatus status = known.get();
        return status.state() == State.DONE || status.collection() == null && hasNothingToDo(id)
                ? Optional.empty()
                : Optional.of(status.summary());
    }

    private boolean hasNothingToDo(String id) {
        return backfilled
                .backfills()
                .find(id)
                .map(found -> backfilled.translated(
                        "read the documents of a backfill of",
                        () -> BackfillRunner.hasNothingToDo(
                                backfilled.environment(), found.backfill().source())))
                .orElse(false);
    }

    List<SetAsideDocument> setAside(String id) {
        return backfilled.translated(
                "read the backfills of",
                () -> new SetAside(
                                backfilled.environment(), backfilled.settings().scope(), id)
                        .list());
    }
}
