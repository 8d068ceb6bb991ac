package dev.monarch.engine.transfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;

/** The collections of a database, without their documents. Immutable. A record could not keep them by their names. */
public final class Catalogue {

    private final String database;

    private final List<CollectionDescription> collections;

    private final List<Omission> omissions;

    private final Map<String, CollectionDescription> byName = new HashMap<>();

    /**
     * Creates a catalogue; the lists are copied.
     *
     * @param database the database
     * @param collections its collections, views and time series: only user collections ({@link CollectionOwner})
     * @param omissions what the database contains in addition and is not transferred
     */
    public Catalogue(String database, List<CollectionDescription> collections, List<Omission> omissions) {
        this.database = database;
        this.collections = List.copyOf(collections);
        this.omissions = List.copyOf(omissions);
        this.collections.forEach(collection -> byName.putIfAbsent(collection.name(), collection));
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

    /** {@return the database} */
    public String database() {
        return database;
    }

    /** {@return its collections, in their order} */
    public List<CollectionDescription> collections() {
        return collections;
    }

    /** {@return what the database contains in addition and is not transferred} */
    public List<Omission> omissions() {
        return omissions;
    }

    /**
     * Finds a collection.
     *
     * @param name its name
     * @return the collection; empty if there is none of that name
     */
    public Optional<CollectionDescription> collection(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Tells whether it has a collection.
     *
     * @param name its name
     * @return whether there is a collection of that name
     */
    public boolean contains(String name) {
        return byName.containsKey(name);
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Catalogue catalogue
                && database.equals(catalogue.database)
                && collections.equals(catalogue.collections)
                && omissions.equals(catalogue.omissions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(database, collections, omissions);
    }

    @Override
    public String toString() {
        return "the catalogue of '" + database + "': " + collections + ", " + omissions;
    }
}
