package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.BsonValue;

import dev.monarch.replacement.SwapService.ForeignJournalEntry;

/**
 * The entries of a journal: those of this database, and foreign ones. A tool that restores a dump may also restore the
 * journal of another database ({@link JournalIdentity}).
 *
 * @param own the entries of runs in this database
 * @param mismatches the foreign entries, each with the reason why it is foreign
 */
record JournalContents(List<Journal.Entry> own, Map<BsonDocument, String> mismatches) {

    /** Separates the entries; one round trip, or none if there are no entries. */
    static JournalContents of(List<BsonDocument> all, MongoDatabase database) {
        Map<BsonDocument, String> mismatches = mismatches(all, database);
        List<Journal.Entry> own = all.stream()
                .filter(document -> !mismatches.containsKey(document))
                .map(Journal::entry)
                .toList();
        return new JournalContents(own, mismatches);
    }

    private static Map<BsonDocument, String> mismatches(List<BsonDocument> all, MongoDatabase database) {
        Map<BsonDocument, String> mismatches = new LinkedHashMap<>();
        if (!all.isEmpty()) {
            Map<String, TargetCatalogue.Existing> existing = new TargetCatalogue(database).byName();
            JournalIdentity place = JournalIdentity.of(database, existing);
            for (BsonDocument document : all) {
                place.mismatch(document)
                        .or(() -> mismatch(document, existing))
                        .ifPresent(reason -> mismatches.put(document, reason));
            }
        }
        return mismatches;
    }

    /** If a staging collection of the run has another UUID, it is a copy, and so is the entry. */
    private static Optional<String> mismatch(BsonDocument document, Map<String, TargetCatalogue.Existing> existing) {
        try {
            return Journal.entry(document).steps().stream()
                    .filter(step -> step.hasOtherStaging(existing))
                    .map(step -> "its staging collection '" + step.staging() + "' is a different collection here")
                    .findFirst();
        } catch (BsonInvalidOperationException | IllegalArgumentException e) {
            return Optional.of("it cannot be read");
        }
    }

    /** {@return the foreign entries, as shown to the user} */
    List<ForeignJournalEntry> foreign() {
        List<ForeignJournalEntry> foreign = new ArrayList<>();
        mismatches.forEach((document, reason) -> foreign.add(new ForeignJournalEntry(id(document), reason)));
        return foreign;
    }

    /** {@return the ids of the foreign entries, as stored} */
    List<BsonValue> foreignIds() {
        return mismatches.keySet().stream().map(document -> document.get("_id")).toList();
    }

    /** Returns an id as text, whatever its type. */
    static String id(BsonDocument document) {
        BsonValue id = document.get("_id", new BsonString(""));
        if (id.isObjectId()) {
            return id.asObjectId().getValue().toHexString();
        }
        return id.isString() ? id.asString().getValue() : id.toString();
    }
}
