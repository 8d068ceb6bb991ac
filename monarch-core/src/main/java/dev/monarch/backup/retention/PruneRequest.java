package dev.monarch.backup.retention;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupSummary;
import dev.monarch.engine.Checks;

/** A request to prune the backups of an environment. Immutable: each method returns a changed copy. */
public final class PruneRequest {

    private final String environment;

    private final Retention retention;

    private final @Nullable String store;

    private final @Nullable Set<String> planned;

    private PruneRequest(
            String environment, Retention retention, @Nullable String store, @Nullable Set<String> planned) {
        this.environment = environment;
        this.retention = retention;
        this.store = store;
        this.planned = planned;
    }

    /**
     * Prunes the backups of an environment in the default store.
     *
     * @param environment the environment's name
     * @param retention the rules for which backups to keep
     * @return the request
     * @throws IllegalArgumentException if the name is blank
     */
    public static PruneRequest of(String environment, Retention retention) {
        return new PruneRequest(Checks.notBlank("environment", environment), retention, null, null);
    }

    /**
     * Sets the store of the backups.
     *
     * @param other the store's name; null for the default one
     * @return the request
     */
    public PruneRequest from(@Nullable String other) {
        return new PruneRequest(environment, retention, other, planned);
    }

    /**
     * Limits the removal to the backups that a plan removes, even if the rules would now remove more.
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
                .filter(backup -> planned == null || planned.contains(backup.name()))
                .toList();
    }
}
