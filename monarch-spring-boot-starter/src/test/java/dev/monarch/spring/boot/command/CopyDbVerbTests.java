package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Copies of environments, completely or by query sets. */
@MongoTest
class CopyDbVerbTests {

    private final TestMongo mongo;

    private final MongoDatabase source;

    private final MongoDatabase target;

    @TempDir
    private Path folder;

    CopyDbVerbTests(TestMongo mongo) {
        this.mongo = mongo;
        this.source = mongo.client().getDatabase(mongo.databaseName() + "p");
        this.target = mongo.client().getDatabase(mongo.databaseName() + "d");
    }

    private Commands commands() {
        return Commands.on(mongo)
                .with(
                        "--monarch.environments.production.uri=" + mongo.uri(source.getName()),
                        "--monarch.environments.development.uri=" + mongo.uri(target.getName()),
                        "--monarch.masking.key=a key of twenty bytes",
                        "--monarch.backups.local.directory=" + folder.resolve("backups"))
                .and(Sets.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Sets {

        @Bean
        SomeDogs someDogs(MongoOperations template) {
            return new SomeDogs(template);
        }
    }

    /** Selects some dogs, and reads the source through an injected bean. */
    static final class SomeDogs implements QuerySet {

        private static final Parameter<Integer> UP_TO =
                Parameter.integer("upTo").describedAs("the last dog");

        private static final Parameter<String> TOKEN = Parameter.string("token").secret();

        private static final Parameter<Boolean> CATS = Parameter.bool("cats").withDefault(false);

        private final MongoOperations template;

        SomeDogs(MongoOperations template) {
            this.template = template;
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(UP_TO, TOKEN, CATS);
        }

        @Override
        public void run(QuerySetContext context) {
            assertThat(template.getCollection("dogs").countDocuments()).isEqualTo(10);
            context.dump("dogs", Filters.lte("_id", context.value(UP_TO)));
            context.mask("dogs", "owner.email", Masker.email());
            context.exclude(context.value(CATS) ? "" : "cats");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Changing {

        @Bean
        OneMoreDog oneMoreDog() {
            return new OneMoreDog();
        }
    }

    /** Selects one more dog in each run. */
    static final class OneMoreDog implements QuerySet {

        static final AtomicInteger runs = new AtomicInteger();

        @Override
        public void run(QuerySetContext context) {
            context.dump("dogs", Filters.lt("_id", runs.incrementAndGet()));
            context.only();
        }
    }

    private void fill() {
        List<Document> dogs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            dogs.add(new Document("_id", i)
                    .append("name", "dog" + i)
                    .append("owner", new Document("email", "owner" + i + "@planted.example")));
        }
        source.getCollection("dogs").insertMany(dogs);
        source.getCollection("cats").insertOne(new Document("_id", 1));
        target.getCollection("birds").insertOne(new Document("_id", 1));
    }

    @Test
    void anEnvironmentIsCopiedIntoAnother() {
        fill();
        Result dryRun = commands().run("copy-db", "production:development", "--dry-run");
        assertThat(dryRun.exit()).as(dryRun.err()).isZero();
        assertThat(dryRun.out())
                .startsWith("Copy 'production' into 'development':\n")
                .contains("created: cats, dogs", "removed: birds");
        assertThat(names(target)).containsExactly("birds");
        Result unconfirmed = commands().run("copy-db", "production:development");
        assertThat(unconfirmed.exit()).isEqualTo(3);
        assertThat(unconfirmed.err()).contains("confirm with --yes");

        Result copied = commands().run("copy_db", "production:development", "--yes");

        assertThat(copied.exit()).as(copied.err()).isZero();
        assertThat(copied.out()).startsWith("Copied 'production' into 'development': 2 collections, 11 documents, ");
        assertThat(names(target)).containsExactlyInAnyOrder("cats", "dogs");
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }

    @Test
    void optionsAllowASecondCopy() {
        fill();
        Result result = commands()
                .run(
                        "copy-db",
                        "production:development",
                        "--yes",
                        "--only",
                        "dogs",
                        "--rename",
                        "dogs=hounds",
                        "--max-rate",
                        "10mb",
                        "--workers",
                        "2",
                        "--read-from",
                        "primary-preferred",
                        "--consistency",
                        "none",
                        "--verify-after",
                        "full",
                        "--output",
                        "json");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.json())
                .containsEntry("documents", 10)
                .containsEntry("consistency", "none")
                .containsKey("limitedBy");
        assertThat(names(target)).containsExactlyInAnyOrder("birds", "hounds");
    }

    @Test
    void invalidArgumentsAreExplained() {
        assertThat(commands().run("copy-db", "production").err())
                .contains("(FROM:TO): 'production' is not FROM:TO, for example production:development.");
        assertThat(commands().run("copy-db", "production:nowhere").err()).contains("nowhere", "development");
        Map<String, String> wrong = Map.of(
                "--only=", "it names no collection",
                "--exclude= , ", "it names no collection",
                "--rename=dogs", "is not FROM=TO",
                "--max-rate=fast", "is not a size, for example 20MB",
                "--workers=0", "is not a number of at least 1",
                "--read-from=somewhere", "secondary-preferred",
                "-p=upTo=1", "--parameter needs --query-set");
        wrong.forEach((option, words) -> {
            Result result = commands().run("copy-db", "production:development", option);
            assertThat(result.exit()).as(option).isEqualTo(2);
            assertThat(result.err()).as(option).contains(words);
        });
        assertThat(commands().run("copy-db", "production:production", "--yes").err())
                .contains("it is the same database as 'production'");
    }

    @Test
    void aQuerySetSelectsAndMasks() {
        fill();
        Result result = commands()
                .run(
                        "copy-db",
                        "production:development",
                        "-q",
                        "SomeDogs",
                        "-p",
                        "upTo=3",
                        "-p",
                        "token=s3cret",
                        "--yes");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(names(target)).containsExactlyInAnyOrder("birds", "dogs");
        assertThat(target.getCollection("dogs").countDocuments()).isEqualTo(4);
        assertThat(target.getCollection("dogs").find())
                .allSatisfy(dog ->
                        assertThat(dog.toString()).contains("@example.com").doesNotContain("planted"));
        assertThat(result.out() + result.err()).doesNotContain("s3cret");
    }

    @Test
    void missingParametersAreListedTogetherOrPrompted() {
        fill();
        Result piped =
                commands().run("copy-db", "production:development", "-q", "SomeDogs", "-p", "color=red", "--yes");
        assertThat(piped.exit()).isEqualTo(2);
        assertThat(piped.err())
                .contains("'upTo' (the last dog) is missing. It must be", "Give it with -p upTo=…")
                .contains("'token' is missing. It must be", "There is no parameter 'color'");
        assertThat(names(target)).containsExactly("birds");

        Result typed = commands()
                .typing("three", "3", "s3cret", "y")
                .run("copy-db", "production:development", "-q", "SomeDogs");
        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.err()).contains("upTo (the last dog), ", "'upTo' must be", "token, ");
        assertThat(target.getCollection("dogs").countDocuments()).isEqualTo(4);
    }

    @Test
    void aQuerySetRunsOnceAndTheConfirmedDataIsCopied() {
        fill();
        List<Commands> ways = List.of(
                commands().and(Changing.class).typing("y"),
                commands().and(Changing.class).with("--monarch.environments.development.protected=true"));
        List<String> options = List.of("--verify-after=full", "--confirm=development");
        for (int i = 0; i < ways.size(); i++) {
            OneMoreDog.runs.set(0);
            Result result = ways.get(i)
                    .run(
                            "copy-db",
                            "production:development",
                            "-q",
                            "OneMoreDog",
                            options.get(i),
                            "--partial-into=development");
            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(OneMoreDog.runs).hasValue(1);
            assertThat(target.getCollection("dogs").countDocuments()).isOne();
        }
    }

    @Test
    void theOwnEnvironmentIsReplacedUnderItsNameAlthoughTheApplicationRunsOnTheSource() {
        source.getCollection("animals").insertOne(new Document("_id", "0").append("name", "Bello"));

        Result unnamed = commands().run("copy-db", "production:default", "--yes");
        assertThat(unnamed.exit()).as(unnamed.err()).isZero();
        assertThat(Shelter.animals(mongo.database())).containsExactly("Bello");

        mongo.database().getCollection("animals").drop();
        Result named = commands()
                .with("--monarch.environment=laptop", "--spring.mongodb.database=" + mongo.databaseName())
                .run("copy-db", "production:laptop", "--yes");
        assertThat(named.exit()).as(named.err()).isZero();
        assertThat(Shelter.animals(mongo.database())).containsExactly("Bello");

        Result protectedOne = commands()
                .with("--monarch.environments.default.protected=true")
                .run("copy-db", "production:default", "--yes");
        assertThat(protectedOne.exit()).isEqualTo(3);
        assertThat(protectedOne.err()).contains("--confirm default");
    }

    private static List<String> names(MongoDatabase database) {
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.startsWith("monarch.") && !name.startsWith("system."))
                .toList();
    }
}
