package dev.monarch.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.masking.Masker;
import dev.monarch.masking.Masker.MaskingKey;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks for planted secrets in the files of the target's collections and indexes, on the disk of a server. */
class MaskedFilesTests {

    private static final String SECRET = "Xq7Zk9Wv3Jp5Rt1L";

    static final class Masked implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.mask("accounts", "email", Masker.email());
            context.mask("accounts", "phones.number", Masker.keyedHash());
            context.change("visits", visit -> {
                visit.remove("remarks");
                return visit;
            });
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true)
    void theFilesOfTheTargetContainNoSecrets(TestMongo mongo) throws IOException {
        String other = mongo.databaseName() + "_b";
        mongo.uri(other);
        MongoDatabase source = mongo.database();
        MongoDatabase target = mongo.client().getDatabase(other);
        plant(source);

        copies(mongo, other)
                .copy(
                        CopyRequest.of("production", "laptop").withQuerySet(QuerySetRequest.of("Masked")),
                        Approval.confirmed());

        assertThat(target.getCollection("accounts").countDocuments()).isEqualTo(500);
        mongo.client().getDatabase("admin").runCommand(new Document("fsync", 1));
        assertThat(filesWithTheSecret(mongo, source))
                .as("the source contains the secret")
                .isNotEmpty();
        assertThat(filesWithTheSecret(mongo, target)).isEmpty();
    }

    private static void plant(MongoDatabase database) {
        List<Document> accounts = new ArrayList<>();
        List<Document> visits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            accounts.add(new Document("_id", i)
                    .append("email", SECRET + i + "@mail.test")
                    .append("phones", List.of(new Document("number", SECRET + i))));
            visits.add(new Document("_id", i).append("remarks", SECRET + " bites"));
        }
        database.getCollection("accounts").insertMany(accounts);
        database.getCollection("accounts").createIndex(Indexes.ascending("email"));
        database.getCollection("accounts").createIndex(Indexes.ascending("phones.number"));
        database.getCollection("visits").insertMany(visits);
    }

    private static CopyService copies(TestMongo mongo, String target) {
        MonarchEnvironment from = KennelDatabase.environment("production", mongo.client(), mongo.databaseName());
        MonarchEnvironment to = KennelDatabase.environment("laptop", mongo.client(), target);
        return new CopyService(
                new EnvironmentRegistry(() -> from, List.of(from, to)),
                new QuerySets(List.of(new Masked()), null, MaskingKey.of("a key for this test")),
                new Guard(false),
                KennelDatabase.LOCK,
                KennelDatabase.HISTORY);
    }

    /** The storage engine's names of collections and indexes are file names. */
    private static List<String> filesWithTheSecret(TestMongo mongo, MongoDatabase database) throws IOException {
        Document options = mongo.client().getDatabase("admin").runCommand(new Document("getCmdLineOpts", 1));
        Path directory = Path.of(options.getEmbedded(List.of("parsed", "storage", "dbPath"), String.class));
        List<String> found = new ArrayList<>();
        for (String collection : List.of("accounts", "visits")) {
            Document statistics = database.runCommand(new Document("collStats", collection));
            List<String> uris = new ArrayList<>();
            uris.add(statistics.get("wiredTiger", Document.class).getString("uri"));
            statistics
                    .get("indexDetails", Document.class)
                    .values()
                    .forEach(index -> uris.add(((Document) index).getString("uri")));
            for (String uri : uris) {
                Path file = directory.resolve(uri.substring(uri.lastIndexOf(':') + 1) + ".wt");
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET)) {
                    found.add(collection + " " + file.getFileName());
                }
            }
        }
        return found;
    }
}
