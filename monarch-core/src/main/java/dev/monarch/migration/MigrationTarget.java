package dev.monarch.migration;

/** Which migrations a run is to apply. */
public sealed interface MigrationTarget {

    /**
     * Everything that is pending.
     *
     * @return the target of a run at the start of an application
     */
    static MigrationTarget pending() {
        return new Pending();
    }

    /**
     * What is pending up to and including a migration, in the order in which they run.
     *
     * @param id the last one to run
     * @return the target
     */
    static MigrationTarget upTo(String id) {
        return new UpTo(id);
    }

    /**
     * One migration, whatever its state and whatever is pending before it.
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
     * What is pending up to and including one.
     *
     * @param id the last one to run
     */
    record UpTo(String id) implements MigrationTarget {}

    /**
     * One, whatever its state.
     *
     * @param id the one to run
     */
    record One(String id) implements MigrationTarget {}
}
