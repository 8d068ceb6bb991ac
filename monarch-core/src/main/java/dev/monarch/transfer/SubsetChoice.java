package dev.monarch.transfer;

/** Chooses a part of a database, once it is known at what time it is read. */
@FunctionalInterface
public interface SubsetChoice {

    /**
     * Chooses.
     *
     * @param catalogue what the database holds
     * @param queries reads the database, at the time at which all of it is going to be read
     * @return the part; closed by the caller when nothing is read any more
     */
    Subset choose(Catalogue catalogue, SubsetQueries queries);
}
