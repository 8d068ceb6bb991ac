package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import com.mongodb.client.MongoDatabase;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;

/**
 * Warns in a plan of documents that the server will delete soon after they are loaded, because they are expired.
 *
 * @param origin the origin of the documents
 * @param target the database that they are loaded into; the clock of its server decides
 * @param parked whether the TTL rules have no effect
 */
record ExpiryWarnings(ReplacementOrigin origin, MongoDatabase target, boolean parked) {

    /**
     * Returns a sentence for each TTL rule, unless it is known that no document is expired.
     *
     * @param incoming the collections of the source
     */
    List<Fact> of(Catalogue incoming) {
        List<Fact> warnings = new ArrayList<>();
        for (CollectionDescription collection : incoming.collections()) {
            for (TimeToLive rule : TimeToLive.of(collection)) {
                if (parked) {
                    warnings.add(Fact.note(
                            "Documents of '" + collection.name() + "' do not expire until the TTL rule is set again."));
                } else {
                    warn(collection.name(), rule, warnings);
                }
            }
        }
        return warnings;
    }

    private void warn(String collection, TimeToLive rule, List<Fact> warnings) {
        OptionalLong expired = rule.expired(target)
                .map(filter -> origin.count(collection, filter))
                .orElse(OptionalLong.of(0));
        if (expired.isEmpty()) {
            warnings.add(expiring("Documents of '" + collection + "' that have expired by '" + rule.field()
                    + "' are deleted by the server within about a minute."
                    + " Their number is unknown until they are loaded."));
        } else if (expired.getAsLong() > 0) {
            long documents = expired.getAsLong();
            warnings.add(expiring((documents == 1 ? "1 document" : documents + " documents") + " of '" + collection
                    + "' expired by '" + rule.field() + "' and will be deleted by the server within about a minute."));
        }
    }

    private static Fact expiring(String text) {
        return new Fact(Reason.DOCUMENTS_EXPIRE, text);
    }
}
