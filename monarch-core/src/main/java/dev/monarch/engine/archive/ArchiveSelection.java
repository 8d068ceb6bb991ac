package dev.monarch.engine.archive;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;

/**
 * Which database and collections of an archive are read.
 *
 * @param database the database; null for the only user database
 * @param collections which of its collections are read
 * @param known descriptions that replace those in the archive, by collection name
 * @param oneOfAll whether the other databases are read as well, each by its own selection; their omissions are then
 *     not reported here
 */
public record ArchiveSelection(
        @Nullable String database,
        CollectionSelection collections,
        Map<String, CollectionDescription> known,
        boolean oneOfAll) {

    public ArchiveSelection {
        known = Map.copyOf(known);
    }

    /**
     * Selects collections of an archive that holds one database.
     *
     * @param collections which collections
     * @return the selection
     */
    public static ArchiveSelection of(CollectionSelection collections) {
        return new ArchiveSelection(null, collections, Map.of(), false);
    }

    /**
     * Replaces the descriptions in the archive, whose JSON cannot express every document.
     *
     * @param descriptions the exact descriptions of collections
     * @return the selection
     */
    public ArchiveSelection withKnown(List<CollectionDescription> descriptions) {
        return new ArchiveSelection(
                database,
                collections,
                descriptions.stream().collect(Collectors.toMap(CollectionDescription::name, Function.identity())),
                oneOfAll);
    }
}
