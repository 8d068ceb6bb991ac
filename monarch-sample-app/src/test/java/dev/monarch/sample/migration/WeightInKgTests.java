package dev.monarch.sample.migration;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
class WeightInKgTests {

    @Test
    void upRenamesTheFieldAndDownRenamesItBack(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class);
        List<Document> before = database.documents("dogs");

        database.up(WeightInKg.class);
        assertThat(database.documents("dogs"))
                .isEqualTo(before.stream().map(WeightInKgTests::renamed).toList());

        database.down(WeightInKg.class);
        assertThat(database.documents("dogs")).isEqualTo(before);
    }

    @Test
    void bothContinueAfterAnInterruption(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class);
        List<Document> before = database.documents("dogs");
        database.update("dogs", "{_id: {$lt: 'dog-0500'}}", "{$rename: {kg: 'weightInKg'}}");

        database.up(WeightInKg.class).up(WeightInKg.class);
        assertThat(database.documents("dogs"))
                .isEqualTo(before.stream().map(WeightInKgTests::renamed).toList());

        database.update("dogs", "{_id: {$lt: 'dog-0500'}}", "{$rename: {weightInKg: 'kg'}}");
        database.down(WeightInKg.class);
        assertThat(database.documents("dogs")).isEqualTo(before);
    }

    private static Document renamed(Document dog) {
        Document renamed = new Document(dog);
        return renamed.append("weightInKg", renamed.remove("kg"));
    }
}
