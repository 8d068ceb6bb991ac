package dev.monarch.sample.migration;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@MongoTest
class DogTagsTests {

    @Test
    void everyDogGetsTheNextTag(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class, DogTags.class);

        assertThat(tags(database))
                .isEqualTo(IntStream.rangeClosed(1, KennelSeed.DOGS).boxed().toList());
    }

    @Test
    void anInterruptedRunContinuesAtItsCheckpoint(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class);
        assertThatThrownBy(() -> database.upInterrupted(DogTags.class, 3)).isInstanceOf(MigrationFailedException.class);
        assertThat(database.count("dogs", "{tag: {$exists: true}}"))
                .as("three batches of 250")
                .isEqualTo(750);
        // A run from the beginning would correct this document; a run from the checkpoint does not.
        database.update("dogs", "{_id: 'dog-0001'}", "{$set: {tag: -1}}");

        database.upAgain(DogTags.class);

        assertThat(tags(database).get(0)).isEqualTo(-1);
        assertThat(tags(database).subList(1, KennelSeed.DOGS))
                .isEqualTo(IntStream.rangeClosed(2, KennelSeed.DOGS).boxed().toList());
    }

    private static List<Integer> tags(KennelDatabase database) {
        return database.documents("dogs").stream()
                .map(dog -> dog.getInteger("tag"))
                .toList();
    }
}
