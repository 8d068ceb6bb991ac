package dev.monarch.spring.boot.status;

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
public record EnvironmentStatus(
        List<MigrationStatus> migrations,
        LockState lock,
        @Nullable SwapProgress swap) {

    /**
     * Reads the state of an environment. Changes nothing, and does not need migrations that are independent
     * of the application's database.
     *
     * @param environment the environment
     * @param migrations the migrations of the application
     * @param settings how they are run
     * @return the state
     */
    public static EnvironmentStatus of(
            MonarchEnvironment environment, MigrationSet migrations, MigrationSettings settings) {
        List<MigrationStatus> status = new Migrator(environment, migrations, settings).status();
        return new EnvironmentStatus(
                status,
                LockState.of(environment),
                new InterruptedSwaps(environment).find().orElse(null));
    }

    /** {@return how many migrations the next run would start} */
    public int pending() {
        return (int) migrations.stream().filter(MigrationStatus::isPending).count();
    }

    /** {@return how many migrations are applied} */
    public int applied() {
        return (int) migrations.stream().filter(EnvironmentStatus::isApplied).count();
    }

    /** {@return the migration that was applied last; null if there is none} */
    public @Nullable String newest() {
        return migrations.stream()
                .filter(EnvironmentStatus::isApplied)
                .filter(migration -> migration.at() != null)
                .max(Comparator.comparing(MigrationStatus::at, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(MigrationStatus::id)
                .orElse(null);
    }

    /** {@return the migrations that threw, or whose process died} */
    public List<MigrationStatus> unsuccessful() {
        return migrations.stream().filter(this::isUnsuccessful).toList();
    }

    /**
     * Returns how many migrations failed or were interrupted, including those of a newer version of the application that is being
     * deployed. This version does not know them, and is not unhealthy because of them.
     *
     * @return the number
     */
    public int failed() {
        long ofOthers = migrations.stream()
                .filter(migration -> migration.state() == State.MISSING && migration.error() != null)
                .count();
        return (int) ofOthers + unsuccessful().size();
    }

    /** {@return whether a replacement has begun, and no one is working on it} */
    public boolean isSwapInterrupted() {
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
