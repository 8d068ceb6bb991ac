package dev.monarch.transfer;

import java.util.List;
import java.util.Optional;

/**
 * What a database holds, or is to hold, without the documents.
 *
 * @param database the database
 * @param collections its collections, views and time series; Monarch's own lock, journal and staging are never among them
 */
public record Catalogue(String database, List<CollectionDescription> collections) {

    /**
     * Creates a catalogue.
     *
     * @param database the database
     * @param collections its collections, which are copied
     */
    public Catalogue {
        collections = List.copyOf(collections);
    }

    /**
     * Finds a collection.
     *
     * @param name its name
     * @return the collection, or nothing
     */
    public Optional<CollectionDescription> collection(String name) {
        return collections.stream()
                .filter(collection -> collection.name().equals(name))
                .findFirst();
    }

    /**
     * Returns the part of it that was asked for.
     *
     * @param selection what is wanted
     * @return a catalogue of the same database
     */
    public Catalogue only(CollectionSelection selection) {
        return new Catalogue(
                database,
                collections.stream()
                        .filter(collection -> selection.selects(collection.name()))
                        .toList());
    }
}
