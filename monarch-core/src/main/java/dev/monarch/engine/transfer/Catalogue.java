package dev.monarch.engine.transfer;

import java.util.List;
import java.util.Optional;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;

/**
 * The collections of a database, without their documents.
 *
 * @param database the database
 * @param collections its collections, views and time series: only user collections ({@link CollectionOwner})
 * @param omissions what the database contains in addition and is not transferred
 */
public record Catalogue(String database, List<CollectionDescription> collections, List<Omission> omissions) {

    public Catalogue {
        collections = List.copyOf(collections);
        omissions = List.copyOf(omissions);
    }

    /**
     * Creates a catalogue without omissions.
     *
     * @param database the database
     * @param collections its collections; the list is copied
     */
    public Catalogue(String database, List<CollectionDescription> collections) {
        this(database, collections, List.of());
    }

    /**
     * Finds a collection.
     *
     * @param name its name
     * @return the collection; empty if there is none of that name
     */
    public Optional<CollectionDescription> collection(String name) {
        return collections.stream()
                .filter(collection -> collection.name().equals(name))
                .findFirst();
    }

    /**
     * Returns the selected collections.
     *
     * @param selection which collections
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
