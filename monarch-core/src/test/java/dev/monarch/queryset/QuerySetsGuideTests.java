package dev.monarch.queryset;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.InvalidRequestException;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Compiles the query sets of docs/query-sets.md as they stand there, and runs them. */
@MongoTest
class QuerySetsGuideTests {

    private static final Path GUIDE = Path.of("../docs/query-sets.md");

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern CLASS = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @BeforeEach
    void compile() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String block : blocks()) {
            Path source = folder.resolve(className(block) + ".java");
            sources.add(Files.writeString(source, block));
        }
        assertThat(sources).hasSize(4);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager fileManager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", folder.toString());
            boolean compiled = compiler.getTask(
                            said, fileManager, null, options, null, fileManager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String className(String block) {
        return CLASS.matcher(block)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void awesomeDogsComeWithTheirHousesAndAllCats(TestMongo mongo) throws Exception {
        Kennel kennel = Kennel.withDogs(mongo);

        assertThat(kennel.taken(querySet("AwesomeDogsQuerySet")))
                .containsOnlyKeys("cats", "dog_houses", "dogs")
                .containsEntry("dogs", List.of(1, 2))
                .containsEntry("dog_houses", List.of("a", "b"))
                .containsEntry("cats", List.of(1, 2));
    }

    @Test
    void oneAccountComesWithItsCampaigns(TestMongo mongo) throws Exception {
        Kennel kennel = new Kennel(mongo)
                .holding("accounts", "{_id: 1}", "{_id: 2}")
                .holding(
                        "campaigns",
                        "{_id: 1, account_id: 1, archived: false}",
                        "{_id: 2, account_id: 2, archived: false}",
                        "{_id: 3, account_id: 2, archived: true}");
        QuerySet accounts = querySet("AccountQuerySet");
        QuerySetRequest second = QuerySetRequest.of("AccountQuerySet").with("accountId", "2");

        assertThat(kennel.taken(accounts, second))
                .containsEntry("accounts", List.of(2))
                .containsEntry("campaigns", List.of(2));
        assertThat(kennel.taken(accounts, second.with("archived", "yes"))).containsEntry("campaigns", List.of(2, 3));
        assertThatThrownBy(() -> kennel.taken(accounts))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'accountId' (the account to take), which is to be an integer, is missing.");
    }

    @Test
    void openAndRecentOrdersComeWithNothingButTheProducts(TestMongo mongo) throws Exception {
        Kennel kennel = new Kennel(mongo)
                .holding(
                        "orders",
                        "{_id: 1, placed: {$date: '2026-11-20T00:00:00Z'}, state: 'DONE'}",
                        "{_id: 2, placed: {$date: '2026-01-20T00:00:00Z'}, state: 'OPEN'}",
                        "{_id: 3, placed: {$date: '2026-01-20T00:00:00Z'}, state: 'DONE'}")
                .holding("products", "{_id: 1}")
                .holding("visitors", "{_id: 1}")
                .holding("monarch.history", "{_id: '1'}");

        assertThat(kennel.taken(querySet("RecentOrders")))
                .containsOnlyKeys("monarch.history", "orders", "products")
                .containsEntry("orders", List.of(1, 2));
    }

    @Test
    void dogsComeWithHousesAndRugs(TestMongo mongo) throws Exception {
        Kennel kennel = new Kennel(mongo)
                .holding("dogs", "{_id: 1, type: 'Awesome'}", "{_id: 2, type: 'Lazy'}")
                .holding(
                        "dog_houses",
                        "{_id: 'a', dog_id: 1, rug: {$ref: 'rugs', $id: 7}}",
                        "{_id: 'b', dog_id: 2, rug: {$ref: 'rugs', $id: 8}}")
                .holding("rugs", "{_id: 7}", "{_id: 8}");

        assertThat(kennel.taken(querySet("DogsWithHouses")))
                .containsEntry("dogs", List.of(1))
                .containsEntry("dog_houses", List.of("a"))
                .containsEntry("rugs", List.of(7));
    }

    private QuerySet querySet(String name) throws Exception {
        URL[] compiled = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("com.example.demo." + name);
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            // While the loader is open: what is loaded later would not be found.
            QuerySet querySet = (QuerySet) constructor.newInstance();
            querySet.parameters();
            return querySet;
        }
    }

    @Test
    void everyTypeOfParameterIsInTheTable() throws IOException {
        String guide = Files.readString(GUIDE);

        Stream.of(Parameter.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .forEach(method -> assertThat(guide).containsPattern("\\| `.*" + method.getName() + "[`(].*\\|"));
    }
}
