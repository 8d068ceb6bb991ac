package dev.monarch.spring.boot.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** What the verbs on stored backups start of an application, and what they do if that is not enough. */
class ReducedStartTests {

    private static final String EMPTY = "There are no backups yet. Take one: monarch backup ENV\n";

    /** The beans of the application at each use of its store. */
    private static final List<List<String>> SEEN = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private final Commands commands = new Commands()
            .whole()
            .with("--spring.mongodb.uri=mongodb://localhost:1/none", "--monarch.backups.local.directory=" + folder);

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list-backups",
                "complete-backups",
                "show-backup nightly",
                "verify-backup nightly",
                "copy-backup nightly --to local",
                "delete-backup nightly --yes"
            })
    void aVerbOnStoredBackupsUsesTheApplicationsStoreAndLittleElse(String line) {
        Result result = commands.with("--monarch.backups.store=watched")
                .and(WatchedStore.class)
                .run(line.split(" "));

        assertThat(result.exit()).as(result.err()).isEqualTo(line.contains("nightly") ? 2 : 0);
        assertThat(SEEN)
                .isNotEmpty()
                .allSatisfy(beans -> assertThat(beans)
                        .contains("definition of watched", "definition of mongo")
                        .doesNotContain(
                                "mongo",
                                "security",
                                "definition of mongoTemplate",
                                "definition of mappingMongoConverter",
                                "definition of transactionManager")
                        .noneMatch(name -> name.matches(
                                "definition of .*(Security|WebMvc|Servlet|Repositories)AutoConfiguration")));
    }

    @ParameterizedTest
    @ValueSource(classes = {NeedsTemplate.class, EagerBean.class, StoresOfTheWhole.class})
    void aStoreThatNeedsMoreGetsTheWholeApplication(Class<?> configuration) {
        assertThat(commands.and(configuration).run("list-backups", "--store", "local"))
                .isEqualTo(new Result(0, EMPTY, ""));
    }

    @Test
    void aVerbThatFailsIsNotRepeated() {
        Result result = commands.with("--monarch.backups.store=watched")
                .and(WatchedStore.class)
                .run("show-backup", "nightly");

        assertThat(result.err()).hasLineCount(1).contains("nightly");
        assertThat(SEEN)
                .isNotEmpty()
                .allSatisfy(beans -> assertThat(beans).doesNotContain("definition of mongoTemplate"));
    }

    @Test
    void anApplicationThatDoesNotStartSaysSoOnce() {
        Result result = commands.and(BrokenApplication.class).run("list-backups");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("this application does not start");
    }

    @Configuration(proxyBeanMethods = false)
    static class WatchedStore {

        @Bean
        BackupStore watched(ConfigurableListableBeanFactory beans) {
            LocalBackupStore store = new LocalBackupStore(folder);
            return (BackupStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {BackupStore.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("name")) {
                            return "watched";
                        }
                        if (method.getName().equals("list") || method.getName().equals("find")) {
                            SEEN.add(names(beans));
                        }
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private static List<String> names(ConfigurableListableBeanFactory beans) {
            return Stream.concat(
                            Stream.of(beans.getBeanDefinitionNames()).map("definition of "::concat),
                            Stream.of(beans.getSingletonNames()))
                    .toList();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsTemplate {

        @Bean
        LocalBackupStore store(MongoOperations template) {
            assertThat(template).isNotNull();
            return new LocalBackupStore(folder);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class EagerBean {

        @Bean
        LocalBackupStore store() {
            return new LocalBackupStore(folder);
        }

        @Bean
        @Lazy(false)
        List<MongoOperations> eager(MongoOperations template) {
            return List.of(template);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class StoresOfTheWhole {

        @Bean
        BackupStores stores(ObjectProvider<MongoOperations> template) {
            List<BackupStore> stores = new ArrayList<>();
            template.ifAvailable(there -> stores.add(new LocalBackupStore(folder)));
            return new BackupStores(stores, null);
        }
    }
}
