package dev.monarch.engine.staging;

import java.util.List;
import java.util.stream.Stream;

import dev.monarch.Fact;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.transfer.Omission;

/**
 * The catalogue of a source, without the options and indexes that current servers reject.
 *
 * @param catalogue the collections to load
 * @param omissions everything that is left out, including options and indexes
 * @param lostIndexes those omissions that are requested indexes without a replacement
 * @param problems the indexes that servers cannot build, as clauses
 */
record AcceptedCatalogue(
        Catalogue catalogue, List<Omission> omissions, List<Omission> lostIndexes, List<Fact> problems) {

    /** Removes from a catalogue what current servers reject. */
    static AcceptedCatalogue of(Catalogue incoming, IndexChoice choice) {
        List<AcceptedCollection> accepted = incoming.collections().stream()
                .map(collection -> AcceptedCollection.of(collection, choice))
                .toList();
        return new AcceptedCatalogue(
                new Catalogue(
                        incoming.database(),
                        accepted.stream().map(AcceptedCollection::collection).toList()),
                Stream.concat(
                                incoming.omissions().stream(),
                                accepted.stream().flatMap(each -> each.omissions().stream()))
                        .toList(),
                accepted.stream().flatMap(each -> each.lostIndexes().stream()).toList(),
                accepted.stream().flatMap(each -> each.problems().stream()).toList());
    }
}
