package dev.monarch.engine.transfer;

/** Selects a part of a database: first the collections, then the documents when the point in time is known. */
public interface SubsetChoice {

    /** Selects everything. */
    SubsetChoice WHOLE = new WholeDatabase();

    /**
     * Returns the collections to transfer, with all or some of their documents.
     *
     * @param catalogue the catalogue of the database
     * @return the collections to transfer
     * @throws dev.monarch.InvalidRequestException if the database does not contain what is requested, or cannot be
     *     read in part
     */
    Catalogue selected(Catalogue catalogue);

    /**
     * Tells whether all documents of a collection are transferred.
     *
     * @param collection the name of a collection to transfer
     * @return false if only the documents of a {@link Subset} are
     */
    boolean isWhole(String collection);

    /**
     * Tells whether the selection is known.
     *
     * @return false if {@link #selected} returns all collections that may be selected, because the choice itself
     *     needs a database to read
     */
    default boolean isDecided() {
        return true;
    }

    /**
     * Selects the documents.
     *
     * @param catalogue the catalogue of the database
     * @param queries reads the database, at the point in time of the transfer
     * @return the part; the caller closes it after the transfer
     */
    Subset select(Catalogue catalogue, SubsetQueries queries);
}
