package dev.monarch.sample.packaged;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.monarch.backfill.Backfill;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.backup.BackupReport;
import dev.monarch.backup.BackupReport.BackupListener;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.migration.MigrationHook;
import dev.monarch.sample.KennelApplication;
import dev.monarch.spring.boot.command.MonarchCommand;
import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

/**
 * The kennel with everything that an application can add to Monarch. {@link AheadOfTimeIT} builds it with ahead-of-time
 * processing.
 */
@TestComponent // Tests of the kennel itself do not scan it.
@SpringBootApplication(proxyBeanMethods = false, scanBasePackageClasses = KennelApplication.class)
class ExtendedKennel {

    static final String HOOK = "The hook is called before ";

    static final String LISTENER = "The listener is called after ";

    static final String EARLY = "The bean is created when the number of dogs is ";

    static final String STORE = "cellar";

    public static void main(String[] arguments) {
        SpringApplication.run(ExtendedKennel.class, arguments);
    }

    @Bean
    MigrationHook announcement() {
        return new MigrationHook() {
            @Override
            public void beforeMigration(RunPlan plan, String id) {
                System.out.println(HOOK + id);
            }
        };
    }

    @Bean
    BackupListener news() {
        return new BackupListener() {
            @Override
            public void onBackupTaken(BackupReport report) {
                System.out.println(LISTENER + report.manifest().source().environment());
            }
        };
    }

    /** A store of the application's own, which works like the local one. */
    @Bean
    BackupStore cellar(@Value("${cellar:cellar}") Path directory) {
        LocalBackupStore files = new LocalBackupStore(directory);
        return (BackupStore) Proxy.newProxyInstance(
                BackupStore.class.getClassLoader(), new Class<?>[] {BackupStore.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("name") ? STORE : method.invoke(files, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Backfill("202612011200-badge")
    static class Badge implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("dogs", Filters.exists("badge", false));
        }

        @Override
        public Change change(RawBsonDocument dog) {
            return Change.set("badge", "B-" + dog.getString("_id").getValue());
        }
    }

    /** Gives the places of a house another name. */
    @DocumentVersion(collection = "dog_houses", version = 2)
    static class Beds implements DocumentVersionChange {

        @Override
        public void upgrade(Document house) {
            house.put("beds", house.remove("places"));
        }

        @Override
        public void downgrade(Document house) {
            house.put("places", house.remove("beds"));
        }
    }

    /** Needs migrated data in its constructor. */
    @Component
    @DependsOn("monarchEarlyMigrations")
    static class DogCounter {

        DogCounter(MongoOperations dogs, @Value("${monarch.migrations.run-at:}") String runAt) {
            if (runAt.equals("early")) {
                System.out.println(EARLY + dogs.getCollection("dogs").countDocuments());
            }
        }
    }

    /** A verb of the application. */
    @Component
    @Command(name = "count-dogs", description = "Count the dogs of a breed.")
    static class CountDogs implements MonarchCommand {

        private final MongoOperations dogs;

        @Spec
        private CommandSpec spec;

        @Parameters(description = "The breed.")
        private String breed = "";

        CountDogs(MongoOperations dogs) {
            this.dogs = dogs;
        }

        @Override
        public Integer call() {
            long found = dogs.getCollection("dogs").countDocuments(new Document("breed", breed));
            spec.commandLine().getOut().println(breed + ": " + found);
            return 0;
        }
    }
}
