package dev.monarch.sample.migration;

import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
class OccupancyTests {

    @Test
    void countsTheDogsOfEveryHouse(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class, Occupancy.class);

        assertThat(database.documents("occupancy"))
                .hasSize(KennelSeed.HOUSES)
                .allSatisfy(house -> assertThat(database.count("dogs", "{house: '" + house.getString("_id") + "'}"))
                        .isEqualTo(house.getInteger("dogs").longValue()));
    }

    @Test
    void doesNotRunAgainWhileItsVersionStays(TestMongo mongo) {
        KennelDatabase database = KennelDatabase.of(mongo).up(OpenKennel.class, Occupancy.class);
        database.delete("occupancy", "{}");

        database.upAgain(Occupancy.class);
        assertThat(database.documents("occupancy")).isEmpty();

        database.up(Occupancy.class);
        assertThat(database.documents("occupancy")).hasSize(KennelSeed.HOUSES);
    }
}
