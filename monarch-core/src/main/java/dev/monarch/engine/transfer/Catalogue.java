package dev.monarch.engine.transfer;

import java.util.List;
import java.util.Optional;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;

/**
 * What a database holds, or is to hold, without the documents.
 *
 * @param database the database
 * @param collections its collections, views and time series: only those that are a user's ({@link CollectionOwner})
 * @param omissions what there is besides and does not travel
 */
public record Catalogue(String database, List<CollectionDescription> collections, List<Omission> omissions) {

    public Catalogue {
        collections = List.copyOf(collections);
        omissions = List.copyOf(omissions);
    }

    /**
     * Creates a catalogue of which nothing is left out.
     *
     * @param database the database
     * @param collections its collections, which are copied
     */
    public Catalogue(String database, List<CollectionDescription> collections) {
        this(database, collections, List.of());
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
                        .toList(),
                omissions);
    }
}
