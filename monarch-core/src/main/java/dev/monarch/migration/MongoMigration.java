package dev.monarch.migration;

/**
 * One change of a database.
 *
 * <p>If a migration fails or its process dies, the next run starts it again from the beginning. Write it so that this
 * does no harm.
 */
public interface MongoMigration {

    /**
     * Makes the change.
     *
     * <p>At most one thread of one process calls this at the same time. If the lock is lost meanwhile, the thread is
     * interrupted, and the migration's operations on the server are ended.
     *
     * @param context the database, the run's session, checkpoints and progress
     * @throws Exception if the change could not be made; the run stops
     */
    void up(MigrationContext context) throws Exception;

    /**
     * Reverts the change. Optional: a migration that does not override it cannot be rolled back.
     *
     * @param context the database, the run's session, checkpoints and progress
     * @throws Exception if the change could not be reverted
     */
    default void down(MigrationContext context) throws Exception {
        throw new UnsupportedOperationException("This migration has no 'down'");
    }
}
