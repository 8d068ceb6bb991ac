package dev.monarch.engine.staging;

import java.util.Set;
import java.util.stream.Collectors;

import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * What a run loads in place. The environment is incomplete until this run or another one has loaded all of it.
 *
 * @param collections the incomplete collections
 * @param whole whether collections that the source does not have were to be removed
 */
record InPlace(Set<String> collections, boolean whole) {

    InPlace {
        collections = Set.copyOf(collections);
    }

    /** Returns what is still to be loaded after a replacement. */
    InPlace without(ReplacementScope replaced) {
        boolean removesOthers = replaced.replacement().removeOthers();
        Set<String> keep = replaced.replacement().keep();
        return new InPlace(
                collections.stream()
                        .filter(name -> keep.contains(name)
                                || !removesOthers && !replaced.incoming().contains(name))
                        .collect(Collectors.toSet()),
                whole && !removesOthers);
    }

    boolean isComplete() {
        return collections.isEmpty() && !whole;
    }

    BsonDocument toDocument() {
        return new BsonDocument(
                        "collections",
                        new BsonArray(collections.stream().map(BsonString::new).toList()))
                .append("whole", BsonBoolean.valueOf(whole));
    }

    static InPlace of(BsonDocument document) {
        return new InPlace(
                document.getArray("collections").stream()
                        .map(name -> name.asString().getValue())
                        .collect(Collectors.toSet()),
                document.getBoolean("whole").getValue());
    }
}
