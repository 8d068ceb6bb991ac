package dev.monarch.engine.transfer;

/**
 * The full name of a collection.
 *
 * @param database the database; empty for what belongs to none, as a dump's oplog
 * @param collection the collection, which may have dots in its name
 */
public record Namespace(String database, String collection) {

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
