package dev.monarch.queryset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.DBRef;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.monarch.InvalidRequestException;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/** The documents that references select. */
@MongoTest
class FollowTests {

    private static final String TEMPORARY = ".*/monarch-\\d+\\.tmp";

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private Kennel kennel;

    @BeforeEach
    void fill(TestMongo mongo) {
        kennel = Kennel.withDogs(mongo);
    }

    @Test
    void referencesAreFollowedFromSelectedDocuments() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", where("type").is("Awesome"));
                    wants.follow("dogs", "_id", "dog_houses", "dog_id");
                })))
                .containsEntry("dogs", List.of(1, 2))
                .containsEntry("dog_houses", List.of("a", "b"))
                .containsEntry("cats", List.of(1, 2));
    }

    @Test
    void referencesAreFollowedInTheOtherDirection() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dog_houses", where("_id").is("c"));
                    wants.follow("dog_houses", "dog_id", "dogs", "_id");
                })))
                .containsEntry("dogs", List.of(3))
                .containsEntry("dog_houses", List.of("c"));
    }

    @Test
    void anUntouchedSourceOfAReferenceIsSelectedCompletely() {
        assertThat(kennel.selected(set(wants -> {
                    wants.follow("dogs", "_id", "dog_houses", "dog_id");
                    wants.only("dogs");
                })))
                .containsOnlyKeys("dogs", "dog_houses")
                .containsEntry("dogs", List.of(1, 2, 3))
                .containsEntry("dog_houses", List.of("a", "b", "c"));
    }

    @Test
    void referencedDocumentsAreSelectedEvenIfExcluded() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", where("_id").is(1));
                    wants.follow("dogs", "_id", "dog_houses", "dog_id");
                    wants.exclude("dog_houses", "cats");
                })))
                .containsOnlyKeys("dogs", "dog_houses")
                .containsEntry("dog_houses", List.of("a"));
    }

    @Test
    void filtersAndReferencesFormAUnion() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", where("_id").is(1));
                    wants.dump("dog_houses", where("_id").in("a", "c"));
                    wants.follow("dogs", "_id", "dog_houses", "dog_id");
                    wants.dump("dogs", where("_id").is(2));
                })))
                .containsEntry("dogs", List.of(1, 2))
                .containsEntry("dog_houses", List.of("a", "b", "c"));
    }

    @Test
    void aCompletelySelectedCollectionStaysComplete() {
        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", where("_id").is(1));
                    wants.dump("dog_houses");
                    wants.follow("dogs", "_id", "dog_houses", "dog_id");
                })))
                .containsEntry("dog_houses", List.of("a", "b", "c"));
    }

    @Test
    void referencesAreFollowedTransitively() {
        kennel.holding("rugs", "{_id: 7, house: 'a'}", "{_id: 8, house: 'c'}")
                .holding("weavers", "{_id: 70, rugs: [7]}", "{_id: 80, rugs: [8, 9]}");

        assertThat(kennel.selected(set(wants -> {
                    // In an order in which no reference can be followed immediately.
                    wants.follow("rugs", "_id", "weavers", "rugs");
                    wants.follow("dog_houses", "_id", "rugs", "house");
                    wants.follow("dogs", "_id", "dog_houses", "dog_id");
                    wants.dump("dogs", where("_id").is(3));
                })))
                .containsEntry("dog_houses", List.of("c"))
                .containsEntry("rugs", List.of(8))
                .containsEntry("weavers", List.of(80));
    }

    @Test
    void referenceCyclesEnd() {
        kennel.holding(
                "friends",
                "{_id: 1, of: 1, likes: 2}",
                "{_id: 2, of: 2, likes: 3}",
                "{_id: 3, of: 9, likes: 1}",
                "{_id: 4, of: 1, likes: 8}");

        assertThat(kennel.selected(set(wants -> {
                    wants.dump("dogs", where("_id").is(1));
                    wants.follow("dogs", "_id", "friends", "of");
                    wants.follow("friends", "likes", "dogs", "_id");
                })))
                .containsEntry("dogs", List.of(1, 2, 3))
                .containsEntry("friends", List.of(1, 2, 4));
    }

    @Test
    void aCollectionMayReferToItself() {
        kennel.holding(
                "people",
                IntStream.rangeClosed(1, 50)
                        .mapToObj(i -> new Document("_id", i).append("boss", i == 1 ? null : i / 2))
                        .toList());

        assertThat(kennel.selected(set(wants -> {
                    wants.dump("people", where("_id").in(50, 7));
                    wants.follow("people", "boss", "people", "_id");
                })))
                .containsEntry("people", List.of(1, 3, 6, 7, 12, 25, 50));
    }

    @Test
    void aCycleWithoutStartingDocumentsIsRefused() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel.selected(set(wants -> {
                    wants.follow("dogs", "_id", "cats", "_id");
                    wants.follow("cats", "_id", "dogs", "_id");
                })))
                .withMessageContaining("The references to 'cats' form a cycle")
                .withMessageContaining("The references to 'dogs' form a cycle");
    }

    @Test
    void fieldsMayBeNestedAndArrays() {
        kennel.holding(
                        "litters",
                        "{_id: 1, puppies: [{dog: {id: 1}}, {dog: {id: [2, 77]}}, {cat: 1}, 5]}",
                        "{_id: 2, puppies: {dog: {id: 3}}}",
                        "{_id: 3, puppies: 'none'}")
                .holding("prizes", "{_id: 1, given: {to: [{dog: 2}, {dog: 99}]}}", "{_id: 2, given: {to: {dog: 98}}}");

        assertThat(kennel.selected(set(wants -> {
                    wants.dump("litters", where("_id").ne(2));
                    wants.follow("litters", "puppies.dog.id", "dogs", "_id");
                    wants.follow("dogs", "_id", "prizes", "given.to.dog");
                })))
                .containsEntry("dogs", List.of(1, 2))
                .containsEntry("prizes", List.of(1));
    }

    @Test
    void anArrayIndexCanBePartOfAPath() {
        kennel.holding("races", "{_id: 1, ranks: [3, 1], heats: [{dog: 2}, {dog: 1}]}");

        assertThat(kennel.selected(set(wants -> {
                    wants.follow("races", "ranks.0", "dogs", "_id");
                    wants.follow("races", "heats.0.dog", "dogs", "_id");
                })))
                .containsEntry("dogs", List.of(2, 3));
    }

    @Test
    void nestedAndEnclosingFieldsAreBothFollowed() {
        kennel.holding("toys", "{_id: {dog: 1, no: 1}, dog: {id: 2}}", "{_id: {dog: 3, no: 1}}")
                .holding("wholes", "{_id: 1, dog: {id: 2}}", "{_id: 2, dog: {id: 3}}");

        assertThat(kennel.selected(set(wants -> {
                    wants.dump("toys", where("dog.id").is(2));
                    wants.follow("toys", "_id.dog", "dogs", "_id");
                    wants.follow("toys", "dog.id", "dogs", "_id");
                    wants.follow("toys", "dog", "wholes", "dog");
                })))
                .containsEntry("dogs", List.of(1, 2))
                .containsEntry("wholes", List.of(1));
    }

    @Test
    void numbersAreEqualWhateverTheirType() {
        kennel.holding(
                        "visits",
                        List.of(
                                new Document("_id", 1).append("dog", 1L),
                                new Document("_id", 2).append("dog", 2.0),
                                new Document("_id", 3).append("dog", 3.5)))
                .holding(
                        "bills",
                        List.of(
                                new Document("_id", 1L).append("visit", 1.0),
                                new Document("_id", 2.5).append("visit", 2L),
                                new Document("_id", 3).append("visit", "2")));

        assertThat(kennel.selected(set(wants -> {
                    wants.follow("visits", "dog", "dogs", "_id");
                    wants.dump("visits", where("_id").lt(3));
                    wants.follow("visits", "_id", "bills", "visit");
                })))
                .containsEntry("dogs", List.of(1, 2))
                .containsEntry("bills", List.of(1L, 2.5));
    }

    @Test
    void nullAndMissingValuesAreNotFollowed() {
        kennel.holding("visits", "{_id: 1, dog: null}", "{_id: 2}", "{_id: 3, dog: [null, 2]}")
                .holding("bills", "{_id: 1, dog: null}", "{_id: 2}", "{_id: 3, dog: 2}");

        assertThat(kennel.selected(set(wants -> wants.follow("visits", "dog", "bills", "dog"))))
                .containsEntry("bills", List.of(3));
    }

    @Test
    void idsMayBeOfAnyType() {
        List<Object> ids = List.of(
                1,
                2L,
                3.5,
                "four",
                "",
                new ObjectId(),
                true,
                new Date(7),
                new Document("country", "de").append("no", 8),
                new Binary(new byte[] {9, 0, 9}),
                new Binary((byte) 4, new byte[16]));
        kennel.holding(
                        "things",
                        ids.stream()
                                .map(id -> new Document("_id", id).append("kind", "wanted"))
                                .toList())
                .holding(
                        "names",
                        ids.stream()
                                .map(id -> new Document("thing", id).append("_id", ids.indexOf(id)))
                                .toList())
                .holding("things", "{_id: 1000}")
                .inChunksOf(3, 1000);

        assertThat(kennel.selected(set(wants -> {
                            wants.dump("things", where("kind").is("wanted"));
                            wants.follow("things", "_id", "names", "thing");
                            wants.follow("names", "thing", "things", "_id");
                        }))
                        .get("things"))
                .hasSameElementsAs(ids);
        assertThat(kennel.selected(set(wants -> {
                            wants.dump("things", where("kind").is("wanted"));
                            wants.follow("things", "_id", "names", "thing");
                        }))
                        .get("names"))
                .hasSize(ids.size());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void partsOfADBRefAndDecimalsAreFollowed() {
        kennel.holding(
                        "visits",
                        List.of(
                                new Document("_id", 1).append("dog", new DBRef("dogs", 2)),
                                new Document("_id", 2).append("dog", new DBRef("dogs", 3))))
                .holding(
                        "bills",
                        List.of(
                                new Document("_id", Decimal128.parse("1.00")).append("dog", new DBRef("dogs", 2)),
                                new Document("_id", Decimal128.parse("-0")).append("dog", Decimal128.parse("2.0"))));

        assertThat(kennel.selected(set(wants -> {
                    wants.dump("visits", where("_id").is(1));
                    wants.follow("visits", "dog.$id", "dogs", "_id");
                    wants.follow("visits", "dog", "bills", "dog");
                    wants.follow("dogs", "_id", "bills", "dog");
                })))
                .containsEntry("dogs", List.of(2))
                .containsEntry("bills", List.of(Decimal128.parse("-0"), Decimal128.parse("1.00")));
    }

    @Test
    void thousandsOfValuesAreFollowedInChunks() {
        int count = 5_000;
        kennel.inChunksOf(100, 1_500)
                .holding(
                        "orders",
                        IntStream.range(0, count)
                                .mapToObj(i -> new Document("_id", i).append("customer", "customer-" + i % 1_999))
                                .toList())
                .holding(
                        "customers",
                        IntStream.range(0, 2_500)
                                .mapToObj(i -> new Document("_id", "customer-" + i).append("town", i % 300))
                                .toList())
                .holding(
                        "towns",
                        IntStream.range(0, 400)
                                .mapToObj(i -> new Document("_id", i))
                                .toList());

        var selected = kennel.selected(set(wants -> {
            wants.dump("orders", where("_id").lt(count - 1_000));
            wants.follow("orders", "customer", "customers", "_id");
            wants.follow("customers", "town", "towns", "_id");
        }));

        assertThat(selected.get("orders")).hasSize(count - 1_000);
        assertThat(selected.get("customers"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 1_999).mapToObj(i -> "customer-" + i).toList());
        assertThat(selected.get("towns")).hasSize(300);
    }

    @Test
    void eachValueIsSearchedOnce() {
        kennel.inChunksOf(10, 10_000)
                .holding(
                        "visits",
                        IntStream.range(0, 300)
                                .mapToObj(i -> new Document("_id", i).append("dog", i % 15))
                                .toList());

        kennel.selected(set(wants -> wants.follow("visits", "dog", "dogs", "_id")));

        assertThat(kennel.queried()).containsExactly("visits", "dogs", "dogs");
    }

    @Test
    void aValueLargerThanAChunkIsFollowedAlone() {
        String large = "x".repeat(100_000);
        kennel.inChunksOf(100, 1_000)
                .holding(
                        "letters",
                        List.of(
                                new Document("_id", 1).append("text", List.of("a", large, "b")),
                                new Document("_id", 2).append("text", "c")))
                .holding(
                        "copies",
                        Stream.of("a", "b", "c", large)
                                .map(text -> new Document("_id", text.substring(0, 1)).append("text", text))
                                .toList());

        assertThat(kennel.selected(set(wants -> {
                    wants.dump("letters", where("_id").is(1));
                    wants.follow("letters", "text", "copies", "text");
                })))
                .containsEntry("copies", List.of("a", "b", "x"));
    }

    @Test
    void referencesOfAMillionDocumentsNeedLittleMemory() {
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of(
                "-Xmx24m",
                "-XX:TieredStopAtLevel=4",
                "-cp",
                System.getProperty("java.class.path"),
                ManyReferencesProcess.class.getName(),
                "500000"));

        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            assertThat(process.awaitLine(line -> line.startsWith("taken "), Duration.ofMinutes(3)))
                    .isEqualTo("taken 500000 customers, 500000 towns");
            assertThat(process.awaitExit(Duration.ofSeconds(20))).isZero();
        }
    }

    @Test
    void temporaryFilesArePrivateAndDeletedAtTheEnd(TestMongo mongo) throws IOException {
        assumeThat(OPEN_FILES).isDirectory();
        Catalogue catalogue = new CatalogueReader(mongo.database()).read();
        QuerySetSubset choice = choice(wants -> wants.follow("dogs", "_id", "dog_houses", "dog_id"));
        List<String> permissions = new ArrayList<>();

        Subset subset = choice.select(catalogue, (collection, filter, projection, consumer) -> {
            for (Path file : temporaryFiles()) {
                permissions.add(permissions(file));
            }
        });

        assertThat(permissions).isNotEmpty().containsOnly("rw-------");
        assertThat(temporaryFiles()).isNotEmpty();
        subset.close();
        assertThat(temporaryFiles()).isEmpty();
        assertThat(named()).isEmpty();
    }

    @Test
    void temporaryFilesAreDeletedAfterAFailure(TestMongo mongo) {
        assumeThat(OPEN_FILES).isDirectory();
        Catalogue catalogue = new CatalogueReader(mongo.database()).read();
        QuerySetSubset choice = choice(wants -> wants.follow("dogs", "_id", "dog_houses", "dog_id"));

        assertThatThrownBy(() -> choice.select(catalogue, (collection, filter, projection, consumer) -> {
                    throw new IllegalStateException("cut off");
                }))
                .hasMessage("cut off");

        assertThat(temporaryFiles()).isEmpty();
    }

    private QuerySetSubset choice(Consumer<QuerySetContext> subsetRules) {
        return kennel.run(set(subsetRules), QuerySetRequest.of("TestQuerySet"));
    }

    /** The open files of this process, which no longer have a name. */
    private static List<Path> temporaryFiles() {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.filter(file -> target(file).matches(TEMPORARY + "( \\(deleted\\))?"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            // It was closed in the meantime.
            return "";
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> named() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.toString().matches(TEMPORARY)).toList();
        }
    }

    private static QuerySet set(Consumer<QuerySetContext> subsetRules) {
        return new WrittenInPlace("TestQuerySet", subsetRules);
    }
}
