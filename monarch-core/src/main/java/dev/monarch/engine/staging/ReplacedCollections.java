package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.Objects;

import com.mongodb.MongoCommandException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Drops collections and renames others over them, but only if they are the expected ones.
 *
 * <p>Servers from 6.0 on compare the UUID of what they drop. Older servers drop whatever has the name. A collection
 * that another client creates between the check and the command is lost.
 */
final class ReplacedCollections {

    private static final int TYPE_MISMATCH = 14;

    private static final int NAMESPACE_NOT_FOUND = 26;

    private static final int UNKNOWN_FIELD = 40415;

    private final MongoDatabase admin;

    private final MongoDatabase database;

    private final Duration limit;

    private boolean uuids = true;

    ReplacedCollections(MongoCluster cluster, MongoDatabase database, Duration limit) {
        this.admin = cluster.getDatabase("admin").withWriteConcern(WriteConcern.MAJORITY);
        this.database = database;
        this.limit = limit;
    }

    /**
     * Renames a staging collection to its final name.
     *
     * @param replaced what has that name now; null if nothing does
     */
    void rename(SwapStep step, TargetCatalogue.@Nullable Existing replaced) {
        BsonDocument command = new BsonDocument("renameCollection", namespace(Objects.requireNonNull(step.staging())))
                .append("to", namespace(step.target()))
                .append("maxTimeMS", new BsonInt64(limit.toMillis()));
        if (replaced == null) {
            ServerCommand.write(admin, command);
        } else {
            runOn(replaced, admin, command, "dropTarget");
        }
    }

    private BsonString namespace(String collection) {
        return new BsonString(database.getName() + "." + collection);
    }

    /** Drops a collection, a view or a time series. */
    void drop(TargetCatalogue.Existing existing) {
        try {
            runOn(existing, database, new BsonDocument("drop", new BsonString(existing.name())), "collectionUUID");
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NAMESPACE_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Adds the UUID of what is dropped, if it has one and the server knows the field. */
    private void runOn(TargetCatalogue.Existing existing, MongoDatabase where, BsonDocument command, String field) {
        BsonValue uuid = existing.type() == CollectionType.COLLECTION ? existing.uuid() : null;
        if (uuids && uuid != null) {
            try {
                ServerCommand.write(where, command.clone().append(field, uuid));
                return;
            } catch (MongoCommandException e) {
                if (e.getErrorCode() != TYPE_MISMATCH && e.getErrorCode() != UNKNOWN_FIELD) {
                    throw e;
                }
                uuids = false;
            }
        }
        ServerCommand.write(
                where, field.equals("dropTarget") ? command.clone().append(field, BsonBoolean.TRUE) : command);
    }
}
