package dev.monarch.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ValidationOptions;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.TransferFailedException;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementRequest.CollectionRename;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.transfer.CollectionSelection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A restore with a query set that only a server can evaluate. It leaves no scratch database. */
@MongoTest
class QueryScratchTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final TestMongo mongo;

    private MongoDatabase kennel;

    private MongoDatabase laptop;

    private MongoDatabase scratch;

    private Manifest backup;

    QueryScratchTests(TestMongo mongo) {
        this.mongo = mongo;
    }

    /** A query set of a test. */
    private record Named(String name, Consumer<QuerySetContext> rules) implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            rules.accept(context);
        }
    }

    /** Half of the dogs with masked owners, their houses by a reference, and all cats. */
    private static void some(QuerySetContext context) {
        context.dump("dogs", new Document("_id", new Document("$lt", 50)));
        context.follow("dogs", "_id", "houses", "dog");
        context.dump("cats");
        context.only();
        context.mask("dogs", "owner", Masker.function("fixed", value -> new BsonString("somebody")));
    }

    /** The dogs of the oldest owner, which the database knows. */
    private static void asking(QuerySetContext context) {
        Document first = context.database()
                .getCollection("dogs")
                .find()
                .sort(new Document("_id", -1))
                .first();
        context.dump("dogs", new Document("_id", first == null ? -1 : first.get("_id")));
        context.only();
    }

    @BeforeEach
    void backUp() {
        kennel = mongo.database();
        laptop = beside("_laptop");
        scratch = beside("_laptop_monarch_scratch");
        kennel.createCollection(
                "dogs",
                new CreateCollectionOptions()
                        .validationOptions(
                                new ValidationOptions().validator(Document.parse("{owner: {$exists: true}}"))));
        kennel.getCollection("dogs")
                .insertMany(IntStream.range(0, 100)
                        .mapToObj(i -> new Document("_id", i)
                                .append("owner", "owner " + i)
                                .append("name", "dog " + i))
                        .toList());
        kennel.getCollection("dogs").createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        kennel.getCollection("houses")
                .insertMany(IntStream.range(0, 100)
                        .mapToObj(i -> new Document("_id", "house " + i)
                                .append("dog", i)
                                .append("built", new Date(4_000_000_000_000L)))
                        .toList());
        kennel.getCollection("houses").createIndex(Indexes.ascending("dog"));
        KennelDatabase.fill(kennel, "cats", 10);
        KennelDatabase.fill(kennel, "birds", 10);
        backup = Kennel.of(folder, environment("kennel", kennel)).backUp("kennel");
        laptop.getCollection("fish").insertOne(new Document("_id", "of the target"));
    }

    private MongoDatabase beside(String suffix) {
        String name = mongo.databaseName() + suffix;
        mongo.uri(name);
        return mongo.client().getDatabase(name);
    }

    @AfterEach
    void noScratchDatabaseIsLeft() {
        assertThat(scratch.listCollectionNames()).isEmpty();
    }

    @Test
    void aRestoreWithAQuerySetGivesWhatACopyWithItGives() {
        MongoDatabase copied = beside("_copied");
        copies(copied)
                .copy(CopyRequest.of("kennel", "copied").withQuerySet(QuerySetRequest.of("some")), named("copied"));

        RestoreReport report = restores().restore(request("some"), named("laptop"));

        assertThat(report.replacement().loaded().documents()).isEqualTo(50 + 50 + 10);
        assertThat(report.verified()).isTrue();
        assertThat(laptop.getCollection("dogs").distinct("owner", String.class)).containsExactly("somebody");
        assertThat(laptop.getCollection("fish").countDocuments()).isEqualTo(1);
        laptop.getCollection("fish").drop();
        assertThat(KennelDatabase.contents(laptop)).isEqualTo(KennelDatabase.contents(copied));
    }

    /** Otherwise documents would be rejected by the scratch database, or disappear before they are read. */
    @Test
    void theScratchDatabaseHasNoRulesForDocuments() {
        kennel.getCollection("houses")
                .createIndex(Indexes.ascending("built"), new IndexOptions().expireAfter(1L, TimeUnit.DAYS));
        folder = folder.resolve("expiring");
        backup = Kennel.of(folder, environment("kennel", kennel)).backUp("kennel");
        List<Document> seen = new ArrayList<>();

        restores(new Named("looking", context -> {
                    context.database().listCollections().into(seen);
                    context.database().getCollection("dogs").listIndexes().into(seen);
                    context.database().getCollection("houses").listIndexes().into(seen);
                    context.dump("houses", new Document("dog", 1));
                    context.only();
                }))
                .restore(request("looking"), named("laptop"));

        assertThat(seen)
                .extracting(found -> found.getString("name"))
                .contains("dogs", "houses", "name_1", "dog_1", "built_1");
        assertThat(seen)
                .extracting(Document::toJson)
                .noneMatch(found -> found.contains("validat"))
                .noneMatch(found -> found.contains("unique"))
                .noneMatch(found -> found.contains("expireAfterSeconds"));
        assertThat(laptop.getCollection("houses").listIndexes())
                .anyMatch(index -> index.containsKey("expireAfterSeconds"));
    }

    @Test
    void aQuerySetThatReadsTheDatabaseReadsTheBackup() {
        kennel.getCollection("dogs").deleteMany(new Document());
        ReplacementPlan plan = restores().plan(request("asking"), named("laptop"));
        assertThat(plan.warnings())
                .extracting(Fact::toString)
                .anyMatch(warning -> warning.contains("its selection is not known yet"));

        restores().restore(request("asking"), named("laptop"));

        assertThat(laptop.getCollection("dogs").find())
                .extracting(dog -> dog.getString("name"))
                .containsExactly("dog 99");
        assertThat(laptop.listCollectionNames()).doesNotContain("cats", "houses");
    }

    @Test
    void referencesStartFromCollectionsThatAreNotRestored() {
        RestoreRequest housesOnly = request("some")
                .selecting(new CollectionSelection(List.of("houses"), List.of()))
                .renaming(List.of(new CollectionRename("houses", "huts")));

        RestoreReport report = restores().restore(housesOnly, named("laptop"));

        assertThat(report.replacement().loaded().collections()).isEqualTo(1);
        assertThat(laptop.getCollection("huts").countDocuments()).isEqualTo(50);
    }

    @Test
    void thePlanNamesTheScratchDatabaseAndItsSize() {
        ReplacementPlan plan = restores().plan(request("some"), named("laptop"));

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.created()).containsExactlyInAnyOrder("cats", "dogs", "houses");
        assertThat(plan.warnings())
                .extracting(Fact::toString)
                .anyMatch(warning -> warning.contains("first loads 3 collections (0 MB), without masks, into the"
                        + " scratch database '" + scratch.getName() + "' on the same server"));
        assertThat(restores().plan(request("whole"), named("laptop")).warnings())
                .extracting(Fact::toString)
                .noneMatch(warning -> warning.contains("scratch"));
    }

    @Test
    void anotherDatabaseOfThatNameIsNotTouched() {
        scratch.getCollection("precious").insertOne(new Document("_id", 1));
        try {
            assertThat(restores().plan(request("some"), named("laptop")).refusals())
                    .extracting(Fact::reason)
                    .containsExactly(Reason.SCRATCH_NOT_EMPTY);
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> restores().restore(request("some"), named("laptop")))
                    .withMessageContaining("its database '" + scratch.getName() + "' is not empty");
            assertThat(scratch.getCollection("precious").countDocuments()).isEqualTo(1);
            assertThat(laptop.listCollectionNames()).doesNotContain("dogs");
        } finally {
            scratch.drop();
        }
    }

    @Test
    void aDatabaseWithOnlyARequestForAPaceIsUsed() {
        scratch.createCollection("monarch.pace");

        assertThat(restores()
                        .restore(request("some"), named("laptop"))
                        .replacement()
                        .loaded()
                        .collections())
                .isEqualTo(3);
    }

    @Test
    void aFailureInTheQuerySetDropsTheScratchDatabase() {
        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() -> restores().restore(request("failing"), named("laptop")))
                .withMessageContaining("no such dog");
        assertThat(laptop.listCollectionNames()).doesNotContain("dogs");
    }

    @Test
    void theScratchDatabaseOfAKilledProcessIsRemoved() {
        try (TestProcess process = TestProcess.java(
                QueryScratchProcess.class, mongo.uri(), laptop.getName(), folder.toString(), backup.name())) {
            process.awaitLine("READY"::equals, LONG);
            process.kill();
        }
        assertThat(scratch.listCollectionNames()).contains("dogs", "monarch.rehearsal");

        restores().restore(request("some"), named("laptop"));

        assertThat(laptop.getCollection("dogs").countDocuments()).isEqualTo(50);
    }

    private RestoreRequest request(String querySet) {
        return RestoreRequest.of(BackupSource.stored(backup.name()), "laptop")
                .withQuerySet(QuerySetRequest.of(querySet));
    }

    private static Approval named(String environment) {
        return Approval.naming(environment);
    }

    private static QuerySets querySets() {
        return new QuerySets(
                List.of(
                        new Named("some", QueryScratchTests::some),
                        new Named("asking", QueryScratchTests::asking),
                        new Named("whole", context -> context.dump("dogs")),
                        new Named("failing", context -> {
                            context.database().getCollection("dogs").countDocuments();
                            throw new IllegalStateException("no such dog");
                        })),
                null,
                null);
    }

    private RestoreService restores() {
        return restores(querySets());
    }

    private RestoreService restores(QuerySet querySet) {
        return restores(new QuerySets(List.of(querySet), null, null));
    }

    private RestoreService restores(QuerySets querySets) {
        MonarchEnvironment target = environment("laptop", laptop);
        return new RestoreService(
                new EnvironmentRegistry(() -> target, List.of(target)),
                new BackupStores(List.of(new LocalBackupStore(folder)), null),
                new Guard(false),
                KennelDatabase.LOCK,
                KennelDatabase.HISTORY,
                querySets);
    }

    private CopyService copies(MongoDatabase into) {
        List<MonarchEnvironment> both = new ArrayList<>(List.of(environment("kennel", kennel)));
        both.add(environment("copied", into));
        return new CopyService(
                new EnvironmentRegistry(() -> both.get(0), both),
                querySets(),
                new Guard(false),
                KennelDatabase.LOCK,
                KennelDatabase.HISTORY);
    }

    private MonarchEnvironment environment(String name, MongoDatabase database) {
        return KennelDatabase.environment(name, mongo.client(), database.getName());
    }
}
