package dev.monarch.engine.server;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@MongoTest
class ServerCommandTests {

    @Test
    void aSuccessfulAnswerIsReturned(TestMongo mongo) {
        BsonDocument answer = ServerCommand.run(mongo.database(), BsonDocument.parse("{ping: 1}"));

        assertThat(answer.getNumber("ok").intValue()).isOne();
    }

    @Test
    void aWriteConcernErrorIsAFailure(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            line.fail("create", 1, Fault.writeConcernError(91, "ShutdownInProgress", "RetryableWriteError"));

            assertThatExceptionOfType(MongoException.class)
                    .isThrownBy(() -> ServerCommand.run(
                            client.getDatabase(mongo.databaseName()), BsonDocument.parse("{create: 'dogs'}")))
                    .withMessageContainingAll("'create'", "write concern was not satisfied", "ShutdownInProgress", "91")
                    .satisfies(e -> assertThat(e.getCode()).isEqualTo(91))
                    .satisfies(e ->
                            assertThat(e.hasErrorLabel("RetryableWriteError")).isTrue())
                    .satisfies(e -> assertThat(TransientFailure.is(e)).isTrue());

            assertThat(line.left()).isZero();
        }
    }

    @Test
    void aWriteErrorIsAFailure(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));

        assertThatExceptionOfType(MongoException.class)
                .isThrownBy(() -> ServerCommand.run(
                        mongo.database(), BsonDocument.parse("{insert: 'dogs', documents: [{_id: 1}]}")))
                .withMessageContainingAll("'insert'", "11000")
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(11000));
    }

    @Test
    void aFailedCommandThrowsTheExceptionOfTheDriver(TestMongo mongo) {
        assertThatExceptionOfType(MongoCommandException.class)
                .isThrownBy(() -> ServerCommand.run(mongo.database(), BsonDocument.parse("{unheardOf: 1}")));
    }

    @Test
    void aWriteCarriesTheWriteConcernOfItsDatabase(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            MongoDatabase database = client.getDatabase(mongo.databaseName()).withWriteConcern(WriteConcern.MAJORITY);

            ServerCommand.write(database, BsonDocument.parse("{create: 'dogs'}"));
            ServerCommand.write(
                    database.withWriteConcern(WriteConcern.ACKNOWLEDGED), BsonDocument.parse("{create: 'cats'}"));

            assertThat(line.commands())
                    .extracting(command -> command.get("writeConcern"))
                    .containsExactly(BsonDocument.parse("{w: 'majority'}"), null);
        }
    }
}
