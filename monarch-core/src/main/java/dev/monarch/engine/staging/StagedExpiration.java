package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.server.TransientFailure;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.transfer.CollectionDescription;

/**
 * The time to live of a collection that was loaded without it.
 *
 * @param database where it was loaded
 * @param description the collection, with its rules
 * @param staging what it is called until the swap
 * @param park whether the rules stay without effect
 */
record StagedExpiration(MongoDatabase database, CollectionDescription description, String staging, boolean park) {

    private static final Logger log = LoggerFactory.getLogger(StagedExpiration.class);

    /**
     * Has the server delete old documents from now on, as it did where they came from, unless that is not wanted; to be called
     * when all is verified.
     *
     * @return the rules, and how many documents they concern
     * @throws UnbuildableIndexException if that cannot be done
     */
    List<Expiration> set() {
        List<Expiration> expirations = new ArrayList<>();
        for (TimeToLive rule : TimeToLive.of(description)) {
            long expired = rule.expired(database, staging);
            expirations.add(new Expiration(description.name(), rule.indexName(), rule.seconds(), expired, park));
            if (!park) {
                warn(rule, expired);
                set(rule);
            }
        }
        return expirations;
    }

    private void warn(TimeToLive rule, long expired) {
        if (expired > 0) {
            log.warn(
                    "{} documents of '{}' are older than its time to live of {} s by '{}': the server deletes them"
                            + " within about a minute",
                    expired,
                    description.name(),
                    rule.seconds().asNumber().longValue(),
                    rule.field());
        }
    }

    private void set(TimeToLive rule) {
        try {
            rule.set(database, staging);
        } catch (MongoCommandException e) {
            if (TransientFailure.is(e)) {
                throw e;
            }
            throw new UnbuildableIndexException(
                    "the time to live of '" + description.name() + "' by '" + rule.field() + "' cannot be set: "
                            + e.getErrorMessage(),
                    e);
        }
    }
}
