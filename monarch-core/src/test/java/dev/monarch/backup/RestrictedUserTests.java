package dev.monarch.backup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.TimeSeriesOptions;
import com.mongodb.client.model.ValidationOptions;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import dev.monarch.OperationRefusedException;
import dev.monarch.TransferFailedException;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.replacement.DatabaseRemoval;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestUser;
import dev.monarch.transfer.CollectionSelection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Users with restricted roles, on a server with access control. */
@MongoTest(own = true, accessControl = true)
class RestrictedUserTests {

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private final Map<Logger, Optional<Level>> levels = new HashMap<>();

    private final List<MongoClient> clients = new ArrayList<>();

    @TempDir
    private Path folder;

    private final TestMongo mongo;

    RestrictedUserTests(TestMongo mongo) {
        this.mongo = mongo;
    }

    private static List<Logger> loggers() {
        return Stream.of("dev.monarch", "org.mongodb.driver")
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList();
    }

    @BeforeEach
    void hearEverything() {
        logged.start();
        loggers().forEach(logger -> {
            levels.put(logger, Optional.ofNullable(logger.getLevel()));
            logger.setLevel(Level.DEBUG);
            logger.setAdditive(false);
            logger.addAppender(logged);
        });
    }

    @AfterEach
    void noPasswordIsLogged() {
        clients.forEach(MongoClient::close);
        levels.forEach((logger, level) -> {
            logger.detachAppender(logged);
            logger.setAdditive(true);
            logger.setLevel(level.orElse(null));
        });
        assertThat(messages())
                .anyMatch(message -> message.contains("Command"))
                .noneMatch(message -> message.contains("secret-of-"));
    }

    private MonarchEnvironment environment(String name, String... roles) {
        MongoClient client =
                MongoClients.create(TestUser.create(mongo, name, roles).uri());
        clients.add(client);
        return KennelDatabase.environment(name, client, mongo.databaseName());
    }

    private Kennel kennel(MonarchEnvironment... environments) {
        return Kennel.of(folder, environments);
    }

    @Test
    void aUserWithReadWriteBacksUpAndRestores() {
        Kennel kennel = kennel(environment("keeper", "readWrite"));
        fillWithEverything();
        Map<String, List<String>> before = withoutHistory();
        Manifest backup = kennel.backUp("keeper");
        mongo.database().getCollection("dogs").drop();
        mongo.database().getCollection("system.js").deleteMany(new Document());
        KennelDatabase.fill(mongo.database(), "birds", 10);

        assertThat(kennel.restores()
                        .plan(Kennel.request(backup, "keeper"), Approval.naming("keeper"))
                        .refusals())
                .isEmpty();
        RestoreReport report = kennel.restores().restore(Kennel.request(backup, "keeper"), Approval.naming("keeper"));

        assertThat(withoutHistory()).isEqualTo(before);
        assertThat(report.verified()).isTrue();
        assertThat(messages())
                .anyMatch(message -> message.contains("The user lacks the privilege bypassDocumentValidation"));
    }

    @Test
    void withoutBypassDocumentValidationInvalidDocumentsAreReportedAndNothingIsReplaced() {
        Kennel kennel = kennel(environment("keeper", "readWrite"), environment("chief", "readWrite", "dbAdmin"));
        fillWithEverything();
        mongo.database()
                .getCollection("cats")
                .withDocumentClass(Document.class)
                .insertOne(new Document("_id", "stray").append("name", "nobody's"));
        mongo.database()
                .runCommand(
                        new Document("collMod", "cats").append("validator", Document.parse("{note: {$exists: 1}}")));
        mongo.database().getCollection("cats").deleteOne(new Document("_id", 1));
        Map<String, List<String>> before = withoutHistory();
        Manifest backup = kennel.backUp("keeper");
        mongo.database().getCollection("cats").deleteOne(new Document("_id", "stray"));
        Map<String, List<String>> changed = withoutHistory();

        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(
                        () -> kennel.restores().restore(Kennel.request(backup, "keeper"), Approval.naming("keeper")))
                .withMessageContaining("1 documents could not be written, of 'cats' the one with _id \"stray\"")
                .withMessageContaining("bypassDocumentValidation")
                .satisfies(failed -> assertThat(failed.failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.code()).isEqualTo(121)));
        assertThat(withoutHistory()).isEqualTo(changed);
        assertThat(mongo.database().listCollectionNames()).noneMatch(name -> name.startsWith("monarch.stage."));

        kennel.restores().restore(Kennel.request(backup, "chief"), Approval.naming("chief"));
        assertThat(withoutHistory()).isEqualTo(before);
    }

    @Test
    void aUserWithReadBacksUpAndTheRefusalOfARestoreNamesAllMissingPrivileges() {
        Kennel kennel = kennel(environment("visitor", "read"));
        fillWithEverything();
        Map<String, List<String>> before = withoutHistory();
        RestoreRequest request = Kennel.request(kennel.backUp("visitor"), "visitor");
        String missing = "his user lacks the privileges createCollection, createIndex, dropCollection, insert, remove,"
                + " renameCollectionSameDB, update; the role readWrite on '" + mongo.databaseName()
                + "' grants them";

        assertThat(kennel.restores()
                        .plan(request, Approval.naming(request.environment()))
                        .refusals())
                .singleElement()
                .asString()
                .contains(missing);
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel.restores().restore(request, Approval.naming(request.environment())))
                .withMessageContaining(missing)
                .withMessageEndingWith("Nothing has been changed.");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> removal().drop(environment("guest", "read"), Approval.naming("guest")))
                .withMessageContaining("this user lacks the privileges dropCollection, insert, remove, update;");
        assertThat(withoutHistory()).isEqualTo(before);
    }

    @Test
    void theRefusalOfABackupNamesTheMissingPrivileges() {
        Kennel kennel = kennel(environment("stranger", "readWrite@elsewhere"));
        fillWithEverything();

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel.backUp("stranger"))
                .withMessageContaining("this user lacks the privileges find, listCollections, listIndexes;"
                        + " the role read on '" + mongo.databaseName() + "' grants them");
        assertThat(kennel.backups().list()).isEmpty();
    }

    @Test
    void aScratchDatabaseNeedsReadWriteOnIt() {
        String scratch = mongo.databaseName() + "_monarch_scratch";
        MonarchEnvironment keeper = environment("keeper", "readWrite");
        MonarchEnvironment chief = environment("chief", "readWrite", "readWrite@" + scratch);
        KennelDatabase.fill(mongo.database(), 100);
        Manifest backup = kennel(keeper).backUp("keeper");
        QuerySet some = new QuerySet() {

            @Override
            public String name() {
                return "some";
            }

            @Override
            public void run(QuerySetContext context) {
                context.dump("dogs", new Document("_id", new Document("$lt", 7)));
            }
        };
        RestoreService restores = kennel(keeper, chief).restores(some);

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> restores.restore(
                        Kennel.request(backup, "keeper").withQuerySet(QuerySetRequest.of("some")),
                        Approval.naming("keeper")))
                .withMessageContaining("the role readWrite on '" + scratch + "' grants them");
        restores.restore(
                Kennel.request(backup, "chief").withQuerySet(QuerySetRequest.of("some")), Approval.naming("chief"));

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(7);
        assertThat(mongo.client().getDatabase(scratch).listCollectionNames()).isEmpty();
    }

    @Test
    void withReadWriteADatabaseIsDroppedCollectionByCollection() {
        fillWithEverything();

        removal().drop(environment("keeper", "readWrite"), Approval.naming("keeper"));

        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .containsExactlyInAnyOrder("system.js", "system.views");
        assertThat(mongo.database().getCollection("system.js").countDocuments()).isZero();
    }

    @Test
    void aTimeSeriesNeedsTheRolesBackupAndRestore() {
        Kennel kennel = kennel(
                environment("keeper", "readWrite"),
                environment("archivist", "readWrite", "backup@admin"),
                environment("chief", "readWrite", "backup@admin", "restore@admin"));
        KennelDatabase.fill(mongo.database(), 10);
        mongo.database()
                .createCollection(
                        "weights",
                        new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("at").metaField("dog")));
        mongo.database()
                .getCollection("weights")
                .insertMany(IntStream.range(0, 100)
                        .mapToObj(i -> new Document("at", new Date(i * 1000L)).append("dog", i % 3))
                        .toList());
        Map<String, List<String>> before = withoutHistory();
        CollectionSelection rest = new CollectionSelection(List.of(), List.of("weights"));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel.backUp("keeper"))
                .withMessageContaining("this user lacks the privilege find in 'system.buckets.weights'")
                .withMessageContaining("the role backup on 'admin' grants it");
        kennel.backups().backup(BackupRequest.of("keeper").selecting(rest));
        Manifest backup = kennel.backUp("archivist");
        RestoreRequest request = Kennel.request(backup, "archivist").replacingTimeSeries();
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel.restores().restore(request, Approval.naming(request.environment())))
                .withMessageContaining("this user lacks the privileges insert in 'system.buckets.weights'")
                .withMessageContaining("the roles backup and restore on 'admin' grant them");
        kennel.restores().restore(request.selecting(rest), Approval.naming(request.environment()));
        kennel.restores().restore(Kennel.request(backup, "chief").replacingTimeSeries(), Approval.naming("chief"));

        assertThat(withoutHistory()).isEqualTo(before);
    }

    private static DatabaseRemoval removal() {
        return new DatabaseRemoval(new Guard(false), KennelDatabase.LOCK);
    }

    private void fillWithEverything() {
        KennelDatabase.fill(mongo.database(), 2_000);
        mongo.database()
                .createCollection(
                        "last", new CreateCollectionOptions().capped(true).sizeInBytes(100_000));
        KennelDatabase.fill(mongo.database(), "last", 10);
        mongo.database()
                .createCollection(
                        "checked",
                        new CreateCollectionOptions()
                                .validationOptions(new ValidationOptions()
                                        .validator(Document.parse("{name: {$type: 'string'}}"))));
        KennelDatabase.fill(mongo.database(), "checked", 500);
        mongo.database()
                .getCollection("checked")
                .insertOne(new Document("name", "when").append("at", new org.bson.BsonTimestamp(0, 1)));
        mongo.database().createView("names", "dogs", List.of(Document.parse("{$project: {name: 1}}")));
        mongo.database().getCollection("system.js").insertOne(new Document("_id", "bark").append("value", "woof"));
    }

    private List<String> messages() {
        return new ArrayList<>(logged.list)
                .stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private Map<String, List<String>> withoutHistory() {
        Map<String, List<String>> contents = KennelDatabase.contents(mongo.database());
        contents.remove(KennelDatabase.HISTORY);
        return contents;
    }
}
