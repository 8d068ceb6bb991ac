package dev.monarch.backup.retention;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupSummary;
import dev.monarch.engine.Checks;

/** Which environment's backups are pruned, and by which retention. Immutable: each method returns another request. */
public final class PruneRequest {

    private final String environment;

    private final Retention retention;

    private final @Nullable String store;

    private final @Nullable Set<String> shown;

    private PruneRequest(String environment, Retention retention, @Nullable String store, @Nullable Set<String> shown) {
        this.environment = environment;
        this.retention = retention;
        this.store = store;
        this.shown = shown;
    }

    /**
     * Prunes the backups of an environment in the default store.
     *
     * @param environment the environment's name
     * @param retention which are kept
     * @return the request
     * @throws IllegalArgumentException if the name is blank
     */
    public static PruneRequest of(String environment, Retention retention) {
        return new PruneRequest(Checks.notBlank("environment", environment), retention, null, null);
    }

    /**
     * Says in which store the backups are.
     *
     * @param other the store's name; null for the default one
     * @return the request
     */
    public PruneRequest from(@Nullable String other) {
        return new PruneRequest(environment, retention, other, shown);
    }

    /**
     * Removes only what a plan says, even if more backups are expendable by then.
     *
     * @param plan the plan that was approved
     * @return the request
     */
    public PruneRequest limitedTo(RetentionPlan plan) {
        return new PruneRequest(
                environment,
                retention,
                store,
                plan.removals().stream().map(BackupSummary::name).collect(Collectors.toUnmodifiableSet()));
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
                .filter(backup -> shown == null || shown.contains(backup.name()))
                .toList();
    }
}
