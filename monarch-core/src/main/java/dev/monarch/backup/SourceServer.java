package dev.monarch.backup;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.environment.Deployment;

/** Reads the version and topology of a server. */
final class SourceServer {

    private static final BsonString UNKNOWN = new BsonString("0.0.0");

    private SourceServer() {}

    static Manifest.Server of(MongoCluster client) {
        MongoDatabase admin = client.getDatabase("admin");
        BsonDocument build = admin.runCommand(new BsonDocument("buildInfo", new BsonInt32(1)), BsonDocument.class);
        return new Manifest.Server(
                build.getString("version", UNKNOWN).getValue(),
                Deployment.of(client).topology(),
                featureCompatibility(admin));
    }

    private static @Nullable String featureCompatibility(MongoDatabase admin) {
        try {
            BsonDocument answer = admin.runCommand(
                    new BsonDocument("getParameter", new BsonInt32(1))
                            .append("featureCompatibilityVersion", new BsonInt32(1)),
                    BsonDocument.class);
            return answer.get("featureCompatibilityVersion") instanceof BsonDocument version
                            && version.get("version") instanceof BsonString text
                    ? text.getValue()
                    : null;
        } catch (MongoException e) {
            // The user may lack the privilege, or the server may not support the parameter.
            return null;
        }
    }
}
