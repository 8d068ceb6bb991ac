package dev.monarch.engine.transfer;

/** The collections that Monarch keeps in a database for itself: they never travel, are never listed and never removed. */
public final class OwnCollections {

    /** Where the lock is kept. */
    public static final String LOCK = "monarch.lock";

    /** Where it is written down how far the replacing of collections has come. */
    public static final String JOURNAL = "monarch.journal";

    /** Which runs of which schedules have been. */
    public static final String SCHEDULES = "monarch.schedules";

    /** What says that a database is a scratch one, which is dropped after a rehearsal. */
    public static final String REHEARSAL = "monarch.rehearsal";

    /** Where migrations are recorded, unless another name is configured; it travels. */
    public static final String HISTORY = "monarch.history";

    /** What the names of staging collections begin with. */
    public static final String STAGING_PREFIX = "monarch.stage.";

    private OwnCollections() {}

    /**
     * Tells whether a collection is one of them.
     *
     * @param collection its name
     * @return true if so
     */
    public static boolean contains(String collection) {
        return collection.equals(LOCK)
                || collection.equals(JOURNAL)
                || collection.equals(SCHEDULES)
                || collection.equals(REHEARSAL)
                || collection.startsWith(STAGING_PREFIX);
    }
}
