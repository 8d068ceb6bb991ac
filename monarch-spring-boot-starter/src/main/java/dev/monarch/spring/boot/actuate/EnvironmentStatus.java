package dev.monarch.spring.boot.actuate;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.MigrationStatus;
import dev.monarch.migration.MigrationStatus.State;
import dev.monarch.migration.Migrator;
import dev.monarch.replacement.SwapService.SwapStatus.SwapProgress;

/**
 * The state of an environment at the time of the read.
 *
 * @param migrations the state of each migration, in the order of their ids
 * @param lock the state of the lock
 * @param swap a replacement that has not ended; null if there is none
 */
record EnvironmentStatus(
        List<MigrationStatus> migrations,
        LockState lock,
        @Nullable SwapProgress swap) {

    /**
     * Reads the state of an environment. Changes nothing, and does not need migrations that are independent
     * of the application's database.
     */
    static EnvironmentStatus of(MonarchEnvironment environment, MigrationSet migrations, MigrationSettings settings) {
        List<MigrationStatus> status = new Migrator(environment, migrations, settings).status();
        return new EnvironmentStatus(
                status,
                LockState.of(environment),
                new InterruptedSwaps(environment).find().orElse(null));
    }

    int pending() {
        return (int) migrations.stream().filter(MigrationStatus::isPending).count();
    }

    int applied() {
        return (int) migrations.stream().filter(EnvironmentStatus::isApplied).count();
    }

    /** {@return the migration that was applied last; null if there is none} */
    @Nullable
    String newest() {
        return migrations.stream()
                .filter(EnvironmentStatus::isApplied)
                .filter(migration -> migration.at() != null)
                .max(Comparator.comparing(MigrationStatus::at, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(MigrationStatus::id)
                .orElse(null);
    }

    /** {@return the migrations that threw, or whose process died} */
    List<MigrationStatus> unsuccessful() {
        return migrations.stream().filter(this::isUnsuccessful).toList();
    }

    /** {@return whether a replacement has begun, and no one is working on it} */
    boolean isSwapInterrupted() {
        return swap != null && !lock.holderIsAlive();
    }

    private boolean isUnsuccessful(MigrationStatus migration) {
        return switch (migration.state()) {
            case FAILED, INTERRUPTED -> true;
            case RUNNING -> !lock.holderIsAlive();
            case ROLLING_BACK -> migration.error() != null || !lock.holderIsAlive();
            case PENDING, APPLIED, CHANGED, IGNORED, ROLLED_BACK, MISSING, ELSEWHERE -> false;
        };
    }

    private static boolean isApplied(MigrationStatus migration) {
        return migration.state() == State.APPLIED || migration.state() == State.CHANGED;
    }
}
