package dev.monarch.engine.transfer;

/** Chooses a part of a database: which collections at once, which documents when it is known at what time they are read. */
public interface SubsetChoice {

    /** Chooses everything. */
    SubsetChoice WHOLE = new WholeDatabase();

    /**
     * Returns which collections travel, with all or some of their documents.
     *
     * @param catalogue what the database holds
     * @return what is taken of it
     * @throws dev.monarch.InvalidRequestException if the database does not hold what is wanted, or cannot give it in part
     */
    Catalogue taken(Catalogue catalogue);

    /**
     * Tells whether all documents of a collection are taken.
     *
     * @param collection the name of one that is taken
     * @return false if only those are that a {@link Subset} names
     */
    boolean isWhole(String collection);

    /**
     * Chooses documents.
     *
     * @param catalogue what the database holds
     * @param queries reads the database, at the time at which all of it is going to be read
     * @return the part; closed by the caller when nothing is read any more
     */
    Subset choose(Catalogue catalogue, SubsetQueries queries);
}
