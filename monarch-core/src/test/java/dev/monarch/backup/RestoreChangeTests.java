package dev.monarch.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoDatabase;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.InvalidRequestException;
import dev.monarch.engine.dump.DumpForm;
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
import dev.monarch.replacement.ReplacementRequest.CollectionRename;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A restore renames collections, and a query set selects and masks them on the way into the target. */
@MongoTest
class RestoreChangeTests {

    @TempDir
    private Path folder;

    /** Selects dogs with masked owners. */
    private static final class MaskedOwners implements QuerySet {

        @Override
        public String name() {
            return "masked-owners";
        }

        @Override
        public void run(QuerySetContext context) {
            context.dump("dogs");
            context.only();
            context.mask("dogs", "owner", Masker.function("fixed", value -> new BsonString("somebody")));
        }
    }

    @Test
    void collectionsOfABackupAndOfADumpAreRenamed(TestMongo mongo) throws Exception {
        fill(mongo.database());
        Manifest backup = kennel(mongo).backUp("kennel");
        for (BackupSource source : List.of(BackupSource.stored(backup.name()), BackupSource.file(dump()))) {
            mongo.database().getCollection("old_dogs").drop();
            services(mongo)
                    .restore(
                            RestoreRequest.of(source, "kennel").renaming(List.of(new CollectionRename("*", "old_*"))),
                            Approval.naming("kennel"));

            assertThat(mongo.database().getCollection("old_dogs").find())
                    .extracting(dog -> dog.getString("owner"))
                    .containsExactly("Ann");
        }
    }

    @Test
    void namesThatCollideAreRefused(TestMongo mongo) throws Exception {
        RestoreRequest request = RestoreRequest.of(BackupSource.file(dump()), "kennel")
                .renaming(List.of(new CollectionRename("cats", "dogs")));

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> services(mongo).restore(request, Approval.naming("kennel")))
                .withMessageContaining("would both be renamed to 'dogs'");
    }

    @Test
    void aQuerySetSelectsAndMasksOnTheWayIn(TestMongo mongo) throws Exception {
        fill(mongo.database());
        Manifest backup = kennel(mongo).backUp("kennel");
        mongo.database().getCollection("cats").insertOne(new Document("_id", "of the target"));
        for (BackupSource source : List.of(BackupSource.stored(backup.name()), BackupSource.file(dump()))) {
            mongo.database().getCollection("dogs").drop();
            RestoreReport report = services(mongo)
                    .restore(
                            RestoreRequest.of(source, "kennel")
                                    .withQuerySet(QuerySetRequest.of("masked-owners"))
                                    .renaming(List.of(new CollectionRename("dogs", "hounds"))),
                            Approval.naming("kennel"));

            assertThat(report.replacement().loaded().collections()).isEqualTo(1);
            assertThat(mongo.database().getCollection("hounds").find())
                    .extracting(dog -> dog.getString("owner"))
                    .containsExactly("somebody");
            // Nothing else of the target changes.
            assertThat(mongo.database().getCollection("cats").countDocuments()).isEqualTo(2);
        }
    }

    private static void fill(MongoDatabase database) {
        database.getCollection("dogs").insertOne(dog());
        database.getCollection("cats").insertOne(new Document("_id", 1));
    }

    private static Document dog() {
        return new Document("_id", 1).append("name", "Rex").append("owner", "Ann");
    }

    private Path dump() throws Exception {
        byte[] dog = bytes(dog());
        byte[] cat = bytes(new Document("_id", 1));
        return Files.write(
                folder.resolve("dump.zip"),
                DumpForm.zip(Map.of("shop/dogs.bson", dog, "shop/cats.bson", cat), true, Zip64Mode.Never, ""));
    }

    private static byte[] bytes(Document document) {
        RawBsonDocument raw = RawBsonDocument.parse(document.toJson());
        byte[] bytes = new byte[raw.getByteBuffer().remaining()];
        raw.getByteBuffer().get(bytes);
        return bytes;
    }

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(folder.resolve("kept"), environment(mongo));
    }

    private static MonarchEnvironment environment(TestMongo mongo) {
        return KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName());
    }

    private RestoreService services(TestMongo mongo) {
        MonarchEnvironment environment = environment(mongo);
        return new RestoreService(
                new EnvironmentRegistry(() -> environment, List.of(environment)),
                new BackupStores(List.of(new LocalBackupStore(folder.resolve("kept"))), null),
                new Guard(false),
                KennelDatabase.LOCK,
                KennelDatabase.HISTORY,
                new QuerySets(List.of(new MaskedOwners()), null, null));
    }
}
