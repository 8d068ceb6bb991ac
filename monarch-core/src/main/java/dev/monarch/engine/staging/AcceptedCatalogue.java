package dev.monarch.engine.staging;

import java.util.List;
import java.util.stream.Stream;

import dev.monarch.Fact;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.replacement.ReplacementRequest.IndexChoice;
import dev.monarch.transfer.Omission;

/**
 * What comes, as current servers take it.
 *
 * @param catalogue what comes, without what servers do not take
 * @param omissions everything that does not travel, options and indexes included
 * @param lostIndexes which of them are indexes that are wanted and have no successor
 * @param problems which indexes servers do not build, as clauses
 */
record AcceptedCatalogue(
        Catalogue catalogue, List<Omission> omissions, List<Omission> lostIndexes, List<Fact> problems) {

    /** Makes what comes acceptable. */
    static AcceptedCatalogue of(Catalogue coming, IndexChoice choice) {
        List<AcceptedCollection> accepted = coming.collections().stream()
                .map(collection -> AcceptedCollection.of(collection, choice))
                .toList();
        return new AcceptedCatalogue(
                new Catalogue(
                        coming.database(),
                        accepted.stream().map(AcceptedCollection::collection).toList()),
                Stream.concat(coming.omissions().stream(), accepted.stream().flatMap(each -> each.omissions().stream()))
                        .toList(),
                accepted.stream().flatMap(each -> each.lostIndexes().stream()).toList(),
                accepted.stream().flatMap(each -> each.problems().stream()).toList());
    }
}
