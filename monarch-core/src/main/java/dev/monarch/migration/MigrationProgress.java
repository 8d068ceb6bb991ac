package dev.monarch.migration;

/** Where a long migration says how far it is. For use by the migration's own thread. */
public interface MigrationProgress {

    /**
     * Says how much there is to do.
     *
     * @param total in whatever unit the migration counts; not negative
     */
    void total(long total);

    /**
     * Says that more has been done.
     *
     * @param more how much more than when last said, in the same unit
     */
    void advance(long more);

    /**
     * Says what is being done.
     *
     * @param message a few words
     */
    void message(String message);
}
