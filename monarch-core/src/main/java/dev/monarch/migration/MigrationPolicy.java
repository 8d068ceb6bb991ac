package dev.monarch.migration;

import java.util.Set;

/**
 * What a migration wants of whoever runs it; the attributes of {@link Migration} beside the id.
 *
 * @param transactional whether it and its entry in the history are committed together
 * @param run how often it runs
 * @param version for {@link Run#ON_CHANGE}, what changes when it is to run again
 * @param onInterrupted what becomes of it when its process dies
 * @param environments the environments it is meant for; none for all
 */
public record MigrationPolicy(
        boolean transactional, Run run, String version, OnInterrupted onInterrupted, Set<String> environments) {

    /** Once, everywhere, without a transaction, started again after an interruption. */
    public static final MigrationPolicy DEFAULT =
            new MigrationPolicy(false, Run.ONCE, "", OnInterrupted.RETRY, Set.of());

    /**
     * Creates a policy.
     *
     * @param transactional whether it runs in a transaction
     * @param run how often it runs
     * @param version what changes when it is to run again
     * @param onInterrupted what becomes of it when its process dies
     * @param environments the environments it is meant for
     */
    public MigrationPolicy {
        environments = Set.copyOf(environments);
    }

    /**
     * Reads the policy of an annotation.
     *
     * @param annotation the annotation
     * @return its attributes
     */
    public static MigrationPolicy of(Migration annotation) {
        return new MigrationPolicy(
                annotation.transactional(),
                annotation.run(),
                annotation.version(),
                annotation.onInterrupted(),
                Set.of(annotation.environments()));
    }

    /**
     * Tells whether the migration is meant for an environment.
     *
     * @param environment the name of the environment
     * @return whether it runs there
     */
    public boolean isFor(String environment) {
        return environments.isEmpty() || environments.contains(environment);
    }

    /** {@return whether it may run more than once} */
    public boolean isRepeatable() {
        return run != Run.ONCE;
    }
}
