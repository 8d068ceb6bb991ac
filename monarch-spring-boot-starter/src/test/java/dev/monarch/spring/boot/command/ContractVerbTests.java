package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.engine.version.VersionRecords;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
class ContractVerbTests {

    @Test
    void itSaysWhyItIsRefusedAndThenRemovesWhatOldInstancesNeed(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(Document.parse("{_id: 1, weight: 20}"));
        VersionRecords records = new VersionRecords(mongo.database());
        records.beat("old-build:1", List.of());

        Result refused = contract(mongo);
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err())
                .contains("the backfill 'version-dogs-2' has not started")
                .contains("the instance 'old-build:1' has version 1, and was last seen at ")
                .contains("'monarch versions' shows its progress");

        records.remove("old-build:1");
        backfill(mongo);
        Result done = contract(mongo);
        assertThat(done.err())
                .isEqualTo(
                        "Environment 'default': the documents of 'dogs' lose what only instances before version 2 need."
                                + " Such instances can no longer use them. This cannot be undone.\n");
        assertThat(done.out())
                .isEqualTo("Environment 'default': 'dogs' is contracted to version 2. Documents changed: 1.\n");
        assertThat(mongo.database().getCollection("dogs").find())
                .containsExactly(Document.parse("{_id: 1, weight_kg: 10, _v: 2}"));
    }

    @Test
    void aProtectedEnvironmentNeedsItsName(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(Document.parse("{_id: 1, weight: 20}"));
        backfill(mongo);
        Commands production = Commands.of(mongo, VersionedKennel.class).with("--monarch.environment=production");

        Result declined = production.run("contract", "dogs", "2", "--yes");
        assertThat(declined.exit()).isEqualTo(3);
        assertThat(declined.err())
                .contains("'production' is protected", "--confirm production", "Nothing has happened");
        assertThat(mongo.database().getCollection("dogs").find())
                .allSatisfy(dog -> assertThat(dog).containsKey("weight"));

        // An instance that does not know versions has written it since the backfill.
        mongo.database().getCollection("dogs").insertOne(Document.parse("{_id: 2, weight: 8}"));
        assertThat(production
                        .run("contract", "dogs", "2", "--confirm", "production")
                        .err())
                .contains("for example the one with _id 2");
        assertThat(production
                        .run("contract", "dogs", "2", "--confirm", "production", "--accept-old-documents")
                        .exit())
                .isZero();
        assertThat(mongo.database().getCollection("dogs").find())
                .containsExactly(
                        Document.parse("{_id: 1, weight_kg: 10, _v: 2}"),
                        Document.parse("{_id: 2, weight_kg: 4, _v: 2}"));
    }

    @Test
    void whatIsRefusedAnywayAsksForNothing(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(Document.parse("{_id: 1, weight: 20}"));
        Commands production = Commands.of(mongo, VersionedKennel.class).with("--monarch.environment=production");

        Result unfinished = production.run("contract", "dogs", "2");
        assertThat(unfinished.exit()).isEqualTo(3);
        assertThat(unfinished.err())
                .contains("the backfill 'version-dogs-2' has not started")
                .doesNotContain("--confirm", "cannot be undone");

        Result unknown = production.run("contract", "dogs", "7");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("The application has the versions 2 to 2 of this collection.")
                .doesNotContain("--confirm", "cannot be undone");
    }

    @Test
    void anApplicationWithoutVersionsSaysSo(TestMongo mongo) {
        Result result = Commands.on(mongo).run("contract", "dogs", "2");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("The application has no @DocumentVersion bean");
    }

    private static Result contract(TestMongo mongo) {
        return Commands.of(mongo, VersionedKennel.class).run("contract", "dogs", "2");
    }

    static void backfill(TestMongo mongo) {
        try (var application = new SpringApplicationBuilder(VersionedKennel.class)
                .web(WebApplicationType.NONE)
                .run("--spring.mongodb.uri=" + mongo.uri(), "--monarch.backfills.enabled=false")) {
            new Backfills(
                            application.getBean(EnvironmentRegistry.class).own(),
                            BackfillSet.in(application),
                            BackfillSettings.DEFAULT)
                    .run("version-dogs-2");
        }
    }
}
