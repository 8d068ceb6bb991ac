package dev.monarch.engine.transfer;

/** The names of Monarch's own collections. They are never transferred, listed or removed. */
public final class OwnCollections {

    /** The lock. */
    public static final String LOCK = "monarch.lock";

    /** The journal: the progress of a swap. */
    public static final String JOURNAL = "monarch.journal";

    /** The state of backup schedules. */
    public static final String SCHEDULES = "monarch.schedules";

    /** Requests to change the pace of running operations. */
    public static final String PACE = "monarch.pace";

    /** The progress of backfills. */
    public static final String BACKFILLS = "monarch.backfills";

    /** The instances of applications with versions of documents, and what is contracted. */
    public static final String VERSIONS = "monarch.versions";

    /** The documents that backfills could not change. */
    public static final String SET_ASIDE = "monarch.setaside";

    /** Marks a scratch database: of a rehearsal, or of a restore with a query set. */
    public static final String REHEARSAL = "monarch.rehearsal";

    /** The list of collections with originals, whose names begin with this name: what documents were before a change. */
    public static final String ORIGINALS = "monarch.originals";

    /** The default name of the migration history, which is transferred. */
    public static final String HISTORY = "monarch.history";

    /** The prefix of staging collections. */
    public static final String STAGING_PREFIX = "monarch.stage.";

    private OwnCollections() {}

    /**
     * Tells whether a collection is one of Monarch's own. The history is not.
     *
     * @param collection its name
     * @return true if so
     */
    public static boolean contains(String collection) {
        return collection.equals(LOCK)
                || collection.equals(JOURNAL)
                || collection.equals(SCHEDULES)
                || collection.equals(PACE)
                || collection.equals(BACKFILLS)
                || collection.equals(SET_ASIDE)
                || collection.equals(VERSIONS)
                || collection.equals(REHEARSAL)
                || collection.equals(ORIGINALS)
                || collection.startsWith(ORIGINALS + ".")
                || collection.startsWith(STAGING_PREFIX);
    }
}
