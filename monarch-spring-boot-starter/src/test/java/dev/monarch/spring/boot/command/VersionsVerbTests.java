package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.version.VersionRecords;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
class VersionsVerbTests {

    @Test
    void itShowsThePhaseTheBackfillAndTheInstances(TestMongo mongo) {
        new VersionRecords(mongo.database()).beat("old-build:1", List.of());
        Commands commands = Commands.of(mongo, VersionedKennel.class);

        assertThat(commands.run("versions").out())
                .startsWith("COLLECTION  VERSION  OLDEST  PHASE   BACKFILL ")
                .containsPattern("dogs +2 +1 +EXPAND +has not started .*old-build:1 \\(1, ");
        Document dogs = commands.run("versions", "--output=json")
                .json()
                .getList("collections", Document.class)
                .get(0);
        assertThat(dogs)
                .containsEntry("collection", "dogs")
                .containsEntry("version", 2)
                .containsEntry("oldest", 1)
                .containsEntry("phase", "EXPAND")
                .containsEntry("backfill", "version-dogs-2")
                .containsEntry("backfillState", "PENDING");
        assertThat(dogs.getList("instances", Document.class))
                .singleElement()
                .satisfies(instance -> assertThat(instance)
                        .containsEntry("name", "old-build:1")
                        .containsEntry("version", 1));
    }

    @Test
    void itShowsHowFarAContractionIs(TestMongo mongo) {
        VersionRecords records = new VersionRecords(mongo.database());
        Commands commands = Commands.of(mongo, VersionedKennel.class);
        assertThat(phase(commands)).isEqualTo("EXPAND");

        records.contract("dogs", 2);
        assertThat(phase(commands)).isEqualTo("CONTRACTING");

        records.complete("dogs");
        assertThat(phase(commands)).isEqualTo("CONTRACTED");
        assertThat(commands.run("versions").out()).containsPattern("dogs +2 +2 +CONTRACTED ");
    }

    private static String phase(Commands commands) {
        return commands.run("versions", "--output=json")
                .json()
                .getList("collections", Document.class)
                .get(0)
                .getString("phase");
    }
}
