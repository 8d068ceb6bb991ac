package dev.monarch.backup.retention;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupSummary;

/** Which environment's backups are to be judged, and by what. Immutable: each method returns another request. */
public final class PruneRequest {

    private final String environment;

    private final Retention retention;

    private final @Nullable String store;

    private final @Nullable Set<String> confirmed;

    private PruneRequest(
            String environment, Retention retention, @Nullable String store, @Nullable Set<String> confirmed) {
        this.environment = environment;
        this.retention = retention;
        this.store = store;
        this.confirmed = confirmed;
    }

    /**
     * Asks for the backups of an environment in the default store.
     *
     * @param environment the environment's name
     * @param retention which are kept
     * @return the request
     */
    public static PruneRequest of(String environment, Retention retention) {
        return new PruneRequest(environment, retention, null, null);
    }

    /**
     * Asks for a store.
     *
     * @param newStore the store's name; null for the default one
     * @return the request
     */
    public PruneRequest from(@Nullable String newStore) {
        return new PruneRequest(environment, retention, newStore, confirmed);
    }

    /**
     * Removes nothing that somebody was not shown, whatever has come since.
     *
     * @param shown what somebody has agreed to
     * @return the request
     */
    public PruneRequest confirmed(RetentionPlan shown) {
        return new PruneRequest(
                environment,
                retention,
                store,
                shown.removals().stream().map(BackupSummary::name).collect(Collectors.toUnmodifiableSet()));
    }

    String environment() {
        return environment;
    }

    Retention retention() {
        return retention;
    }

    @Nullable
    String store() {
        return store;
    }

    List<BackupSummary> removals(RetentionPlan plan) {
        return plan.removals().stream()
                .filter(backup -> confirmed == null || confirmed.contains(backup.name()))
                .toList();
    }
}
