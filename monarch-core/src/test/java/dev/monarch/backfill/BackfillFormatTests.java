package dev.monarch.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.guide.FormatPage;
import dev.monarch.guide.FormatPage.Field;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static org.assertj.core.api.Assertions.assertThat;

/** Compares docs/format.md with what a backfill writes. */
@MongoTest
class BackfillFormatTests {

    private static final String BACKFILLS = "`monarch.backfills`";

    private static final String SET_ASIDE = "`monarch.setaside`";

    private static final String ENTRIES = "Entries of backfills";

    private static final int LATE = 1100;

    private final List<BsonDocument> progress = new ArrayList<>();

    private final List<BsonDocument> setAside = new ArrayList<>();

    private final List<BsonDocument> entries = new ArrayList<>();

    @Test
    void thePageHasExactlyTheFieldsThatAreWritten(TestMongo mongo) {
        insertDogs(mongo, 1200);
        dogs(mongo).updateOne(Filters.eq("_id", 7), Updates.set("grams", "heavy"));
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg() {
            @Override
            public Change change(RawBsonDocument dog) {
                if (dog.getInt32("_id").getValue() == LATE) {
                    look(mongo);
                }
                return super.change(dog);
            }
        });
        backfills.rate(ID, new Rate(1.0, 1_000_000L));
        assertThat(backfills.run(ID).state()).isEqualTo(State.FAILED);
        look(mongo);
        backfills.pause(ID);
        backfills.resume(ID);
        backfills.retryFailed(ID);
        look(mongo);
        dogs(mongo).updateOne(Filters.eq("_id", 7), Updates.set("grams", 7000));
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);
        look(mongo);

        Predicate<Field> neverUndone = field -> field.present().contains("undone");
        Predicate<Field> withoutUuids = mongo.isReal() ? field -> false : FormatPage.without("uuids");
        assertSame(BACKFILLS, progress, neverUndone.or(withoutUuids));
        assertSame(SET_ASIDE, setAside, field -> false);
        assertSame(ENTRIES, entries, field -> false);
    }

    @ParameterizedTest
    @ValueSource(strings = {BACKFILLS, SET_ASIDE, ENTRIES})
    void theSampleHasEveryFieldOfTheTable(String section) {
        assertSame(section, FormatPage.section(section).samples(), field -> false);
    }

    private void look(TestMongo mongo) {
        progress.addAll(stored(mongo, "monarch.backfills", Filters.empty()));
        setAside.addAll(stored(mongo, "monarch.setaside", Filters.empty()));
        entries.addAll(stored(mongo, "monarch.history", Filters.exists("_id.backfill")));
    }

    private static List<BsonDocument> stored(TestMongo mongo, String collection, Bson filter) {
        return mongo.database()
                .getCollection(collection, BsonDocument.class)
                .find(filter)
                .into(new ArrayList<>());
    }

    private static void assertSame(String section, List<BsonDocument> documents, Predicate<Field> absent) {
        Map<String, Field> fields = FormatPage.section(section).fields("field");
        FormatPage.assertSame(fields, FormatPage.paths(fields, documents), absent);
    }
}
