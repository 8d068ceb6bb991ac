package dev.monarch.migration;

/** Which migrations a run applies. */
public sealed interface MigrationTarget {

    /**
     * Selects everything that is pending.
     *
     * @return the target that an application uses when it starts
     */
    static MigrationTarget pending() {
        return new Pending();
    }

    /**
     * Selects what is pending up to and including a migration, in the order in which migrations run.
     *
     * @param id the last one to run
     * @return the target
     */
    static MigrationTarget upTo(String id) {
        return new UpTo(id);
    }

    /**
     * Selects one migration, whatever its state and whatever is pending before it.
     *
     * @param id the one to run
     * @return the target
     */
    static MigrationTarget one(String id) {
        return new One(id);
    }

    /** Everything that is pending. */
    record Pending() implements MigrationTarget {}

    /**
     * What is pending up to and including one migration.
     *
     * @param id the last one to run
     */
    record UpTo(String id) implements MigrationTarget {}

    /**
     * One migration, whatever its state.
     *
     * @param id the one to run
     */
    record One(String id) implements MigrationTarget {}
}
