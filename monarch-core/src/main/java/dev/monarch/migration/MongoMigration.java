package dev.monarch.migration;

/**
 * One change of a database.
 *
 * <p>A migration that fails, or whose process dies, is run again from its beginning by the next run: write it so that
 * this does no harm.
 */
public interface MongoMigration {

    /**
     * Makes the change.
     *
     * <p>Called by one thread of one process at a time. If the lock is lost meanwhile, the thread is interrupted and what
     * the migration has at work on the server is ended.
     *
     * @param context what the migration works with
     * @throws Exception to say that the change could not be made; the run stops
     */
    void up(MigrationContext context) throws Exception;

    /**
     * Takes the change back. Optional: a migration that does not override it cannot be rolled back.
     *
     * @param context what the migration works with
     * @throws Exception to say that the change could not be taken back
     */
    default void down(MigrationContext context) throws Exception {
        throw new UnsupportedOperationException("This migration has no 'down'");
    }
}
