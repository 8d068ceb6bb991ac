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
 * Sets the TTL rules of a collection that was loaded without them.
 *
 * @param database the database
 * @param description the collection, with its rules
 * @param staging its name until the swap
 * @param park whether the rules have no effect
 */
record StagedExpiration(MongoDatabase database, CollectionDescription description, String staging, boolean park) {

    private static final Logger log = LoggerFactory.getLogger(StagedExpiration.class);

    /**
     * Sets the rules, unless they are parked: from now on the server deletes expired documents, as in the source.
     * Call it when everything is verified.
     *
     * @return the rules, and how many documents have expired
     * @throws UnbuildableIndexException if that fails
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
                    "{} documents of '{}' are older than {} s by '{}' (expireAfterSeconds): the server deletes them"
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
                    "expireAfterSeconds of '" + description.name() + "' by '" + rule.field() + "' cannot be set: "
                            + e.getErrorMessage(),
                    e);
        }
    }
}
