package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.List;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSettings;

/** Finds the backfills that must be done before migrations run, and are not. */
final class UnfinishedBackfills {

    private final MonarchEnvironment environment;

    private final MigrationSet migrations;

    private final Backfills backfills;

    UnfinishedBackfills(MonarchEnvironment environment, MigrationSet migrations, MigrationSettings settings) {
        this.environment = environment;
        this.migrations = migrations;
        this.backfills = new Backfills(
                environment,
                migrations.backfills(),
                new BackfillSettings(
                        settings.historyCollection(), settings.scope(), settings.lock(), Rate.DEFAULT, false, 0));
    }

    /**
     * Returns one fact for each migration and each backfill that it waits for. No round trip if none waits for one.
     *
     * @param ids the migrations that would run
     */
    List<Fact> before(List<String> ids) {
        List<Fact> facts = new ArrayList<>();
        for (String id : ids) {
            for (String after : migrations.find(id).orElseThrow().policy().after()) {
                if (runsHere(after)) {
                    backfills
                            .obstacle(after)
                            .map(obstacle ->
                                    "migration '" + id + "' must run after backfill '" + after + "', which " + obstacle)
                            .map(text -> new Fact(Reason.BACKFILL_UNFINISHED, text))
                            .ifPresent(facts::add);
                }
            }
        }
        return facts;
    }

    private boolean runsHere(String backfill) {
        return migrations
                .backfills()
                .find(backfill)
                .map(found -> found.isFor(environment.name()))
                .orElse(true);
    }
}
