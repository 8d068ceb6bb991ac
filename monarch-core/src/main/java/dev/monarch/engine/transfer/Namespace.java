package dev.monarch.engine.transfer;

/**
 * The full name of a collection.
 *
 * @param database the database; empty for the oplog of a dump, which belongs to none
 * @param collection the collection; its name may contain dots
 */
public record Namespace(String database, String collection) {

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
