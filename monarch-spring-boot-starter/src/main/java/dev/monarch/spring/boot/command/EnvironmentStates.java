package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.MonarchException;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;
import dev.monarch.spring.boot.status.EnvironmentReader;

/** Queries the state of every environment, all at the same time, with a short timeout. */
final class EnvironmentStates {

    private static final Executor OWN_THREAD = question -> {
        Thread thread = new Thread(question, "monarch-environment");
        thread.setDaemon(true);
        thread.start();
    };

    private final MigrationSet migrations;

    private final MigrationSettings settings;

    private EnvironmentStates(MigrationSet migrations, MigrationSettings settings) {
        this.migrations = migrations;
        this.settings = settings;
    }

    static List<EnvironmentState> of(EnvironmentRegistry environments, ListableBeanFactory beans) {
        MigrationProperties properties = beans.getBean(MigrationProperties.class);
        MigrationSet migrations = new EnvironmentReader(environments, beans, properties).migrations();
        EnvironmentStates states = new EnvironmentStates(migrations, properties.toSettings(LockSettings.DEFAULT));
        List<CompletableFuture<EnvironmentState>> answers = environments.names().stream()
                .map(environments::get)
                .map(environment -> CompletableFuture.supplyAsync(
                        () -> states.of(environment, properties.migrates(environment.name(), environments)),
                        OWN_THREAD))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private EnvironmentState of(MonarchEnvironment environment, boolean migrated) {
        EnvironmentAddress address;
        String guarded;
        try {
            address = environment.address();
            guarded = environment.exposure() == Exposure.PROTECTED ? "yes" : "no";
        } catch (MonarchException e) {
            return new EnvironmentState(
                    environment.name(), null, null, migrated, null, false, null, null, e.getMessage());
        }
        String version = null;
        Integer pending = null;
        String problem = null;
        try {
            version = version(environment);
            pending = pending(environment);
        } catch (RuntimeException e) {
            problem = Explanation.of(e, Place.named(environment.name())).line();
        }
        return new EnvironmentState(
                environment.name(),
                String.join(",", address.hosts()),
                address.database(),
                migrated,
                guarded,
                version != null,
                version,
                pending,
                problem);
    }

    private static String version(MonarchEnvironment environment) {
        Document build = environment
                .client()
                .withTimeout(ServerSelectionTimeout.SECONDS, TimeUnit.SECONDS)
                .getDatabase(environment.address().database())
                .runCommand(new Document("buildInfo", 1));
        return String.valueOf(build.getString("version"));
    }

    /** This runs no migration, so it does not matter which beans migrations have injected. */
    private @Nullable Integer pending(MonarchEnvironment environment) {
        return new Migrator(environment, migrations, settings).plan().pending().size();
    }
}
