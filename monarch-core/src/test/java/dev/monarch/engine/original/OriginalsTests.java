package dev.monarch.engine.original;

import java.util.List;
import java.util.Random;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.original.ChangedOriginal.After;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** What is kept of a document that a change writes several times, or would have written. */
@MongoTest
class OriginalsTests {

    private static final String FIRST = "{_id: 1, steps: 0}";

    private MonarchEnvironment environment;

    private Originals originals;

    private MongoCollection<BsonDocument> dogs;

    @BeforeEach
    void open(TestMongo mongo) {
        environment = MonarchEnvironment.using("test", Protection.DEFAULT, mongo.client(), mongo.databaseName());
        originals = new KeptOriginals(environment, "default").of("change", "dogs");
        dogs = mongo.database().getCollection("dogs", BsonDocument.class);
    }

    private void keep(String before, String after) {
        assertThat(originals.keep(List.of(
                        new ChangedOriginal(RawBsonDocument.parse(before), After.of(BsonDocument.parse(after))))))
                .isEmpty();
    }

    private BsonDocument undone(String now) {
        dogs.deleteMany(new BsonDocument());
        dogs.insertOne(BsonDocument.parse(now));
        assertThat(new UndoRun(environment, originals, (elapsed, examined, changed, bytes) -> true).run())
                .isTrue();
        return dogs.find().first();
    }

    @Test
    void theFirstOriginalWinsIfTheChangeIsRepeated() {
        keep(FIRST, "{_id: 1, steps: 1}");
        keep("{_id: 1, steps: 1}", "{_id: 1, steps: 2}");
        assertThat(originals.count()).isEqualTo(1);

        assertThat(undone("{_id: 1, steps: 2}")).isEqualTo(BsonDocument.parse(FIRST));
        assertThat(originals.count()).isZero();
    }

    /** Its process died before it wrote the repeated change. */
    @Test
    void theFirstOriginalWinsIfTheRepeatedChangeWasNotWritten() {
        keep(FIRST, "{_id: 1, steps: 1}");
        keep("{_id: 1, steps: 1}", "{_id: 1, steps: 2}");

        assertThat(undone("{_id: 1, steps: 1}")).isEqualTo(BsonDocument.parse(FIRST));
    }

    @Test
    void whatOthersWroteBetweenTwoChangesIsTheOriginalOfTheSecond() {
        keep(FIRST, "{_id: 1, steps: 1}");
        keep("{_id: 1, name: 'of others'}", "{_id: 1, name: 'of others', steps: 1}");

        assertThat(undone("{_id: 1, steps: 1, name: 'of others'}"))
                .isEqualTo(BsonDocument.parse("{_id: 1, name: 'of others'}"));
    }

    @Test
    void aDocumentThatWasNeverChangedIsNotListed() {
        keep(FIRST, "{_id: 1, steps: 1}");

        assertThat(undone(FIRST)).isEqualTo(BsonDocument.parse(FIRST));
        assertThat(originals.leftCount()).isZero();
        assertThat(originals.count()).isZero();
    }

    @Test
    void anUnknownResultIsLeft() {
        originals.keep(List.of(new ChangedOriginal(RawBsonDocument.parse(FIRST), After.UNKNOWN)));

        assertThat(undone("{_id: 1, steps: 1}")).isEqualTo(BsonDocument.parse("{_id: 1, steps: 1}"));
        assertThat(originals.left(10)).containsEntry(new BsonInt32(1), "it is unknown what the server made of it");
    }

    @Test
    void anOriginalIsCompressed() {
        RawBsonDocument large = new RawBsonDocument(
                new BsonDocument("_id", new BsonInt32(1)).append("zeros", new BsonBinary(new byte[1_000_000])),
                new BsonDocumentCodec());
        originals.keep(List.of(new ChangedOriginal(large, After.NOTHING)));

        assertThat(originals.collection().find().first().getBinary("before").getData())
                .hasSizeLessThan(10_000);
        UndoRun undo = new UndoRun(environment, originals, (elapsed, examined, changed, bytes) -> true);
        assertThat(undo.run()).isTrue();
        assertThat(dogs.find(Filters.eq("_id", 1)).first()).isEqualTo(large);
    }

    @Test
    void aDocumentThatCannotBeKeptMustNotBeChanged() {
        byte[] noise = new byte[16 * 1024 * 1024 - 64];
        new Random(1).nextBytes(noise);
        RawBsonDocument largest = new RawBsonDocument(
                new BsonDocument("_id", new BsonInt32(1)).append("noise", new BsonBinary(noise)),
                new BsonDocumentCodec());

        assertThat(originals.keep(List.of(new ChangedOriginal(largest, After.NOTHING))))
                .containsOnlyKeys(new BsonInt32(1));
        assertThat(originals.count()).isZero();
    }
}
