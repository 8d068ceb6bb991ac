package dev.monarch.engine.archive;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;

/**
 * What of an archive is wanted.
 *
 * @param database the database, or null for the only one that is a user's
 * @param collections which of its collections
 * @param known what collections are, by their names, where that is known better than by the archive's own text
 * @param oneOfAll whether the other databases are wanted, too, each by its own selection, so that only what is left out of
 *     this one is named
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
     * Prefers descriptions to those in the archive, whose JSON cannot express everything.
     *
     * @param descriptions what the collections are
     * @return the selection
     */
    public ArchiveSelection knowing(List<CollectionDescription> descriptions) {
        return new ArchiveSelection(
                database,
                collections,
                descriptions.stream().collect(Collectors.toMap(CollectionDescription::name, Function.identity())),
                oneOfAll);
    }
}
