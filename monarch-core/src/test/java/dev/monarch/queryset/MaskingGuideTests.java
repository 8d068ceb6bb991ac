package dev.monarch.queryset;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.mongodb.ReadPreference;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.guide.GuideCode;
import dev.monarch.masking.Masked;
import dev.monarch.masking.Masker;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Compiles the query sets of docs/masking.md, and masks its documents with them. */
@MongoTest
class MaskingGuideTests {

    private static final Path GUIDE = Path.of("../docs/masking.md");

    private final MonarchEnvironment production;

    @TempDir
    private Path folder;

    MaskingGuideTests(TestMongo mongo) {
        production = MonarchEnvironment.using("production", Protection.OFF, mongo.client(), mongo.databaseName());
    }

    @BeforeEach
    void compile() throws IOException {
        assertThat(GuideCode.compile("masking.md", folder)).containsExactly("MaskedKennel", "StrictlyMasked");
    }

    @Test
    void theExampleGivesTheDocumentedResult() throws Exception {
        List<String> documents = blocks("json");

        BsonDocument masked = masked("MaskedKennel", "accounts", documents.get(0));

        assertThat(masked).isEqualTo(BsonDocument.parse(documents.get(1)));
        assertThat(masked("MaskedKennel", "dogs", "{owner: 4711}").get("owner")).isEqualTo(masked.get("_id"));
        assertThat(masked("MaskedKennel", "visits", "{_id: 1, remarks: 'bites'}"))
                .isEqualTo(BsonDocument.parse("{_id: 1}"));
    }

    @Test
    void theStrictExampleFailsWithTheDocumentedMessage() throws Exception {
        assertThatThrownBy(() -> masked(
                        "StrictlyMasked", "accounts", "{since: 1, address: {country: 'DE', street: 'Heidestraße'}}"))
                .hasMessage(blocks("text").get(0));
        assertThat(masked("StrictlyMasked", "breeds", "{_id: 'Beagle'}"))
                .isEqualTo(BsonDocument.parse("{_id: 'Beagle'}"));
    }

    @Test
    void everyMaskerIsInTheTable() throws IOException {
        String table = Files.readString(GUIDE);

        Stream.of(Masker.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .forEach(method -> assertThat(table).containsPattern("\\| .*`" + method.getName() + "\\(.*\\|"));
    }

    private BsonDocument masked(String querySet, String collection, String json) throws Exception {
        CollectionDescription description = Masked.collection(collection, CollectionType.COLLECTION);
        Catalogue all = new Catalogue(
                "kennel",
                collections(querySet)
                        .map(name -> Masked.collection(name, CollectionType.COLLECTION))
                        .toList());
        QuerySetSubset choice = (QuerySetSubset) new QuerySets(List.of(querySet(querySet)), null, Masked.KEY)
                .run(QuerySetRequest.of(querySet), production, ReadPreference.primary());
        try (Subset subset = choice.select(all, (name, filter, projection, consumer) -> {})) {
            return Masked.documents(
                            subset.transform(description).apply(Masked.batch(List.of(BsonDocument.parse(json)))))
                    .get(0);
        }
    }

    /** Strict rules need each collection. */
    private static Stream<String> collections(String querySet) {
        return querySet.equals("StrictlyMasked")
                ? Stream.of("accounts", "breeds", "monarch.history")
                : Stream.of("accounts", "dogs", "visits");
    }

    private QuerySet querySet(String name) throws Exception {
        URL[] compiled = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
            Constructor<?> constructor =
                    loader.loadClass("com.example.demo." + name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (QuerySet) constructor.newInstance();
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
