package dev.monarch.queryset;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.InvalidRequestException;
import dev.monarch.guide.GuideCode;
import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Compiles and runs the query sets of docs/query-sets.md. */
@MongoTest
class QuerySetsGuideTests {

    @TempDir
    private Path folder;

    @BeforeEach
    void compile() throws IOException {
        assertThat(GuideCode.compile("query-sets.md", folder)).hasSize(4);
    }

    @Test
    void awesomeDogsComeWithTheirHousesAndAllCats(TestMongo mongo) throws Exception {
        Kennel kennel = Kennel.withDogs(mongo);

        assertThat(kennel.selected(querySet("AwesomeDogsQuerySet")))
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

        assertThat(kennel.selected(accounts, second))
                .containsEntry("accounts", List.of(2))
                .containsEntry("campaigns", List.of(2));
        assertThat(kennel.selected(accounts, second.with("archived", "yes"))).containsEntry("campaigns", List.of(2, 3));
        assertThatThrownBy(() -> kennel.selected(accounts))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'accountId' (the account to take) is missing. It must be an integer.");
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

        assertThat(kennel.selected(querySet("RecentOrders")))
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

        assertThat(kennel.selected(querySet("DogsWithHouses")))
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
            // The loader is still open, because classes that load later would not be found.
            QuerySet querySet = (QuerySet) constructor.newInstance();
            querySet.parameters();
            return querySet;
        }
    }

    @Test
    void everyTypeOfParameterIsInTheTable() throws IOException {
        String guide = Files.readString(Path.of("../docs/query-sets.md"));

        Stream.of(Parameter.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .forEach(method -> assertThat(guide).containsPattern("\\| `.*" + method.getName() + "[`(].*\\|"));
    }
}
