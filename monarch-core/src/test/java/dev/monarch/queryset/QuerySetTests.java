package dev.monarch.queryset;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.TimeSeriesOptions;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Collation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

import dev.monarch.InvalidRequestException;
import dev.monarch.TransferFailedException;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/** The documents that a query set selects by filters, and the other collections. */
@MongoTest
class QuerySetTests {

    private Kennel kennel;

    private enum Size {
        SMALL,
        LARGE
    }

    @BeforeEach
    void fill(TestMongo mongo) {
        kennel = Kennel.withDogs(mongo);
    }

    @Test
    void untouchedCollectionsAreSelectedCompletely() {
        assertThat(kennel.selected(set(wants -> wants.dump("dogs", Filters.eq("type", "Awesome")))))
                .containsEntry("dogs", List.of(1, 2))
                .containsEntry("dog_houses", List.of("a", "b", "c"))
                .containsEntry("cats", List.of(1, 2));
    }

    @Test
    void severalFiltersOnOneCollectionAreAUnionWithoutDuplicates() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", Filters.eq("type", "Lazy"));
                    wants.dump("dogs", where("name").in("Waldi", "Rex"));
                    wants.dump("dogs", Filters.eq("type", "Lazy"));
                })))
                .containsEntry("dogs", List.of(1, 3));
    }

    @Test
    void aCompletelyDumpedCollectionStaysComplete() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", Filters.eq("type", "Lazy"));
                    wants.dump("dogs");
                })))
                .containsEntry("dogs", List.of(1, 2, 3));
    }

    @Test
    void laterChangesOfAFilterHaveNoEffect() {
        assertThat(kennel.selected(set(wants -> {
                    BsonDocument filter = BsonDocument.parse("{_id: 1}");
                    wants.dump("dogs", filter);
                    filter.clear();
                })))
                .containsEntry("dogs", List.of(1));
    }

    @Test
    void onlyAffectsUntouchedCollections() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", Filters.eq("_id", 1));
                    wants.only("ca*");
                })))
                .containsOnlyKeys("dogs", "cats")
                .containsEntry("dogs", List.of(1))
                .containsEntry("cats", List.of(1, 2));
    }

    @Test
    void onlyWithoutPatternsKeepsTouchedCollections() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", Filters.eq("_id", 1));
                    wants.only();
                })))
                .containsOnlyKeys("dogs");
    }

    @Test
    void onlyMayNameAMissingHistory() {
        assertThat(kennel.selected(set(wants -> wants.only("dogs", "changes", "monarch.lock"))))
                .containsOnlyKeys("dogs");
    }

    @Test
    void onlyCalledAgainAdds() {
        assertThat(kennel.selected(set(wants -> {
                    wants.only("dogs");
                    wants.only("cats");
                })))
                .containsOnlyKeys("dogs", "cats");
    }

    @Test
    void excludeAffectsUntouchedCollectionsAndTakesPrecedenceOverOnly() {
        assertThat(kennel.selected(set(wants -> {
                    wants.only("cats", "dog*");
                    wants.exclude("*houses");
                })))
                .containsOnlyKeys("dogs", "cats");
    }

    @Test
    void excludeDoesNotStopADump() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", Filters.eq("_id", 1));
                    wants.exclude("dogs", "cats");
                })))
                .containsOnlyKeys("dogs", "dog_houses")
                .containsEntry("dogs", List.of(1));
    }

    @Test
    void aMissingCollectionIsRefusedWithSimilarNames() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel.selected(named("AccountQuerySet", wants -> {
                    wants.dump("dogz", Filters.eq("_id", 1));
                    wants.dump("elephants");
                    wants.follow("dogs", "_id", "dog_hauses", "dog_id");
                    wants.only("horses");
                })))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "There is no collection 'dogz'. Did you mean dogs?",
                                "There is no collection 'elephants'. There are: cats, dog_houses, dogs.",
                                "There is no collection 'dog_hauses'. Did you mean dog_houses?",
                                "No collection matches 'horses'. There are: cats, dog_houses, dogs.",
                                "No document of 'dogs' is selected, so references from it have no effect. Dump the documents to"
                                        + " start from."))
                .withMessageStartingWith("Cannot run the query set 'AccountQuerySet' on environment 'production': ");
    }

    @Test
    void tooLongFiltersAreRefused() {
        List<String> names =
                Stream.generate(() -> "x".repeat(10_000)).limit(900).toList();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel.selected(set(wants -> {
                    wants.dump("dogs", where("name").in(names));
                    wants.dump("dogs", where("father").in(names));
                })))
                .withMessageContaining("The filters of 'dogs' are longer than 16 MB, the limit of the server.");
    }

    @Test
    void valuesInCriteriaAreConverted(TestMongo mongo) {
        Instant born = Instant.parse("2026-11-20T10:30:00Z");
        UUID chip = UUID.fromString("c0ffee00-1111-4222-8333-444455556666");
        ObjectId vet = new ObjectId();
        mongo.database()
                .getCollection("puppies")
                .insertOne(new Document("_id", vet)
                        .append("born", Date.from(born))
                        .append("chip", new BsonBinary(chip, UuidRepresentation.STANDARD))
                        .append("size", "LARGE")
                        .append("price", new Decimal128(new BigDecimal("9.90")))
                        .append("owner", new Document("age", 40L)));

        List<Criteria> matching = List.of(
                where("born").gte(born).lt(born.plusSeconds(1)),
                where("chip").is(chip),
                where("size").in(Size.LARGE, Size.SMALL),
                where("price").is(new BigDecimal("9.90")),
                where("owner.age").is(40),
                where("_id").is(vet),
                where("_id").is(vet.toHexString()),
                new Criteria()
                        .orOperator(where("size").is(Size.LARGE), where("size").is("x")),
                where("size").not().regex("^s"));

        for (Criteria criteria : matching) {
            assertThat(kennel.selected(set(wants -> wants.dump("puppies", criteria))))
                    .as(criteria.toString())
                    .containsEntry("puppies", List.of(vet));
        }
        assertThat(kennel.selected(
                        set(wants -> wants.dump("puppies", where("size").is(Size.SMALL)))))
                .containsEntry("puppies", List.of());
        assertThat(kennel.selected(set(wants -> wants.dump("puppies", Filters.eq("chip", chip)))))
                .containsEntry("puppies", List.of(vet));
    }

    @Test
    void onlyTheCriteriaOfAQueryAreUsed() {
        assertThat(kennel.selected(set(wants ->
                        wants.dump("dogs", Query.query(where("type").is("Lazy")).comment("lazy ones")))))
                .containsEntry("dogs", List.of(3));
    }

    @Test
    void otherPropertiesOfAQueryAreRefused() {
        assertRefused(new Query().limit(3), "a limit");
        assertRefused(new Query().skip(3), "a skip");
        assertRefused(new Query().with(Sort.by("name")), "a sort");
        assertRefused(new Query().collation(Collation.of("en")), "a collation");
        assertRefused(new Query().restrict(String.class), "restricted types");
        Query projected = new Query();
        projected.fields().include("name");
        assertRefused(projected, "fields");
    }

    private void assertRefused(Query query, String what) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel.selected(set(wants -> wants.dump("dogs", query))))
                .withMessageContaining("'dogs'")
                .withMessageContaining("has " + what + ".");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void viewsAndTimeSeriesAreSelectedCompletelyOrNotAtAll(TestMongo mongo) {
        mongo.database().createView("lazy_dogs", "dogs", List.of());
        mongo.database()
                .createCollection(
                        "weights", new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("at")));

        assertThat(kennel.selected(set(wants -> {
                    wants.dump("lazy_dogs");
                    wants.exclude("lazy_dogs");
                })))
                .containsKeys("lazy_dogs", "weights");
        assertThatThrownBy(() -> kennel.selected(set(wants -> {
                    wants.dump("lazy_dogs", where("_id").is(1));
                    wants.follow("dogs", "_id", "weights", "dog");
                })))
                .hasMessageContaining("'lazy_dogs' is a view: it can only be selected completely, or excluded.")
                .hasMessageContaining("'weights' is a time series: it can only be selected completely, or excluded.");
    }

    @Test
    void failuresNameTheQuerySetAndItsSource() {
        IllegalStateException failure = new IllegalStateException("no dog is awesome");

        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() -> kennel.selected(named("AwesomeDogs", wants -> {
                    throw failure;
                })))
                .withMessageContaining("Could not run the query set 'AwesomeDogs' on 'production': ")
                .withMessageContaining("no dog is awesome")
                .withCause(failure);
    }

    @Test
    void aQuerySetHasTheNameOfItsClassEvenBehindAProxy() {
        ProxyFactory byClass = new ProxyFactory(new AwesomeDogs());
        byClass.setProxyTargetClass(true);
        ProxyFactory byInterface = new ProxyFactory(new AwesomeDogs());

        assertThat(new AwesomeDogs().name()).isEqualTo("AwesomeDogs");
        assertThat(((QuerySet) byClass.getProxy()).name()).isEqualTo("AwesomeDogs");
        assertThat(((QuerySet) byInterface.getProxy()).name()).isEqualTo("AwesomeDogs");
    }

    static class AwesomeDogs implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.dump("dogs", where("type").is("Awesome"));
        }
    }

    @Test
    void anUnknownNameIsRefusedWithSimilarNames() {
        QuerySets querySets = new QuerySets(List.of(new AwesomeDogs(), named("Accounts", wants -> {})), null, null);

        assertThat(querySets.all()).extracting(QuerySet::name).containsExactly("Accounts", "AwesomeDogs");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() ->
                        querySets.run(QuerySetRequest.of("AwsomeDogs"), kennel.environment(), ReadPreference.primary()))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly("There is no query set 'AwsomeDogs'. Did you mean AwesomeDogs?"
                                + " There are: Accounts, AwesomeDogs."));
        assertThatThrownBy(() -> new QuerySets(List.of(), null, null).find("AwesomeDogs", "production"))
                .hasMessageContaining("The application has none");
    }

    @Test
    void anAmbiguousNameIsRefused() {
        QuerySets querySets = new QuerySets(List.of(new AwesomeDogs(), named("AwesomeDogs", wants -> {})), null, null);

        assertThatThrownBy(() -> querySets.find("AwesomeDogs", "production"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(AwesomeDogs.class.getName())
                .hasMessageContaining("Override name() in all but one of them.");
    }

    private static QuerySet set(Consumer<QuerySetContext> subsetRules) {
        return named("TestQuerySet", subsetRules);
    }

    private static QuerySet named(String name, Consumer<QuerySetContext> subsetRules) {
        return new WrittenInPlace(name, subsetRules);
    }
}
