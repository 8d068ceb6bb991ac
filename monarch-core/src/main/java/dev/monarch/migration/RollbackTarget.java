package dev.monarch.migration;

/**
 * Which applied migrations to take back.
 *
 * <p>The order is the reverse of that in which they were really applied, which need not be that of their ids.
 */
public sealed interface RollbackTarget {

    /**
     * The newest ones.
     *
     * @param count how many; at least 1
     * @return the target
     */
    static RollbackTarget last(int count) {
        return new Last(count);
    }

    /**
     * One, whatever was applied after it.
     *
     * @param id the one to take back
     * @return the target
     */
    static RollbackTarget one(String id) {
        return new One(id);
    }

    /**
     * Everything that was applied since a migration, and that one too.
     *
     * @param id the last one to take back
     * @return the target
     */
    static RollbackTarget downTo(String id) {
        return new DownTo(id);
    }

    /**
     * The newest ones.
     *
     * @param count how many; at least 1
     */
    record Last(int count) implements RollbackTarget {

        /**
         * Creates the target.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Last {
            if (count < 1) {
                throw new IllegalArgumentException("count must be at least 1, but is " + count);
            }
        }
    }

    /**
     * One.
     *
     * @param id the one to take back
     */
    record One(String id) implements RollbackTarget {}

    /**
     * Everything since one, and that one too.
     *
     * @param id the last one to take back
     */
    record DownTo(String id) implements RollbackTarget {}
}
