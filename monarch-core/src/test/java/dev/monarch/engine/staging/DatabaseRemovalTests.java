package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.DatabaseRemoval;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A dropped database is empty, and a protected one is not dropped. */
@MongoTest
class DatabaseRemovalTests {

    private final DatabaseRemoval removal = new DatabaseRemoval(new Guard(false), LockSettings.DEFAULT);

    @Test
    void allCollectionsAreRemoved(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        mongo.database().getCollection("monarch.history").insertOne(new Document("_id", 1));
        MonarchEnvironment environment =
                MonarchEnvironment.using("kennel", Protection.OFF, mongo.client(), mongo.databaseName());

        assertThat(removal.plan(environment)).containsExactly("dogs", "monarch.history");
        assertThat(removal.drop(environment, Approval.confirmed()))
                .containsExactlyInAnyOrder("dogs", "monarch.history");

        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .isEmpty();
    }

    /** A waiting process gets the lock as soon as it is released; the collection must be gone by then. */
    @Test
    void theLockIsDroppedWhileItIsHeld(TestMongo mongo) {
        MongoDatabase database = mongo.database();
        database.getCollection("dogs").insertOne(new Document("_id", 1));
        List<Boolean> heldAtTheDrop = new ArrayList<>();
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals("drop")
                        && event.getCommand().getString("drop").getValue().equals("monarch.lock")) {
                    heldAtTheDrop.add(
                            database.getCollection("monarch.lock").countDocuments(Filters.exists("token")) > 0);
                }
            }
        };
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .addCommandListener(listener)
                .build())) {
            removal.drop(
                    MonarchEnvironment.using("kennel", Protection.OFF, client, mongo.databaseName()),
                    Approval.confirmed());
        }
        assertThat(heldAtTheDrop).containsExactly(true);
    }

    @Test
    void aProtectedEnvironmentNeedsItsNameAndTheSwitch(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        MonarchEnvironment environment =
                MonarchEnvironment.using("production", Protection.DEFAULT, mongo.client(), mongo.databaseName());

        assertThatThrownBy(() -> removal.plan(environment))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("it is protected, and dropping protected databases is disabled");
        assertThatThrownBy(() -> removal.drop(environment, Approval.confirmed()))
                .isInstanceOf(OperationRefusedException.class);
        assertThatThrownBy(() -> removal.drop(environment, Approval.naming("production")))
                .isInstanceOfSatisfying(
                        OperationRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.DROP_DISABLED));
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isOne();
    }
}
