package dev.monarch.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ReflectionUtils;

import dev.monarch.Fact;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.Reason;
import dev.monarch.backfill.BackfillSet;
import dev.monarch.engine.migration.MigrationBeans;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;

/** The migrations of an application in the order of their ids, and the problems found in them. Immutable. */
public final class MigrationSet {

    private final List<RegisteredMigration> migrations;

    private final List<String> problems;

    private final BackfillSet backfills;

    private final Function<String, List<String>> injectedDatabases;

    private MigrationSet(
            List<RegisteredMigration> migrations,
            List<String> problems,
            BackfillSet backfills,
            Function<String, List<String>> injectedDatabases) {
        this.migrations = List.copyOf(migrations);
        this.problems = List.copyOf(problems);
        this.backfills = backfills;
        this.injectedDatabases = injectedDatabases;
    }

    /**
     * Creates a set of migrations.
     *
     * @param migrations the migrations, in any order
     * @return the set
     */
    public static MigrationSet of(Collection<RegisteredMigration> migrations) {
        return of(migrations, BackfillSet.of(List.of()));
    }

    /**
     * Creates a set of migrations, some of which must run after backfills.
     *
     * @param migrations the migrations, in any order
     * @param backfills the backfills of the application
     * @return the set
     */
    public static MigrationSet of(Collection<RegisteredMigration> migrations, BackfillSet backfills) {
        return of(migrations, List.of(), backfills, environment -> List.of());
    }

    /**
     * Collects the {@link Migration} beans of a bean factory, without those of its ancestors.
     *
     * @param beans the bean factory
     * @return the set
     */
    public static MigrationSet in(ListableBeanFactory beans) {
        MigrationBeans found = MigrationBeans.in(beans);
        return of(found.migrations(), found.problems(), BackfillSet.in(beans), found.injectedDatabases());
    }

    private static MigrationSet of(
            Collection<RegisteredMigration> migrations,
            List<String> found,
            BackfillSet backfills,
            Function<String, List<String>> injectedDatabases) {
        CheckedMigrations checked = new CheckedMigrations(migrations, backfills);
        List<String> problems = new ArrayList<>(found);
        problems.addAll(checked.problems());
        return new MigrationSet(checked.inOrder(), problems, backfills, injectedDatabases);
    }

    /**
     * Tells whether there are no migrations and no problems.
     *
     * @return whether there is never anything to do
     */
    public boolean isEmpty() {
        return migrations.isEmpty() && problems.isEmpty();
    }

    /** {@return the migrations in the order of their ids} */
    public List<RegisteredMigration> migrations() {
        return migrations;
    }

    /** {@return the backfills of the application, which migrations may have to wait for} */
    public BackfillSet backfills() {
        return backfills;
    }

    /** {@return the ids in order} */
    public List<String> ids() {
        return migrations.stream().map(RegisteredMigration::id).toList();
    }

    /**
     * Returns all problems of the set. The history is not read.
     *
     * @return the problems, as sentences
     */
    public List<String> problems() {
        return problems;
    }

    /**
     * Throws if the set has problems.
     *
     * @throws InvalidMigrationsException if the set has problems; it lists all of them
     */
    public void requireValid() {
        if (!problems.isEmpty()) {
            throw new InvalidMigrationsException(Fact.all(Reason.INVALID_MIGRATION, problems));
        }
    }

    /** Refuses migrations that would write to the application's database instead of the target environment's. */
    void requireIndependence(String environment) {
        List<String> injected = injectedDatabases.apply(environment);
        if (!injected.isEmpty()) {
            throw new InvalidMigrationsException(Fact.all(Reason.INVALID_MIGRATION, injected));
        }
    }

    /**
     * Finds a migration by its exact id.
     *
     * @param id the id
     * @return the migration, or empty if none has this id
     */
    public Optional<RegisteredMigration> find(String id) {
        return migrations.stream()
                .filter(migration -> migration.id().equals(id))
                .findFirst();
    }

    /**
     * A migration with its id, its policy and its source.
     *
     * @param id the id
     * @param migration the migration itself
     * @param policy how it is run
     * @param source its origin in messages: the name and class of a bean
     */
    public record RegisteredMigration(String id, MongoMigration migration, MigrationPolicy policy, String source) {

        /**
         * Creates a migration with the default policy.
         *
         * @param id the id
         * @param migration the migration itself
         * @param source its origin in messages
         */
        public RegisteredMigration(String id, MongoMigration migration, String source) {
            this(id, migration, MigrationPolicy.DEFAULT, source);
        }

        /** {@return whether the migration implements {@code down}} */
        public boolean hasDown() {
            var down = ReflectionUtils.findMethod(AopUtils.getTargetClass(migration), "down", MigrationContext.class);
            return down != null && down.getDeclaringClass() != MongoMigration.class;
        }
    }

    /**
     * How a migration is run: the attributes of {@link Migration} except the id.
     *
     * @param transactional whether the migration and its entry in the history are committed together
     * @param run how often it runs
     * @param version for {@link Run#ON_CHANGE}: a text that changes when it must run again
     * @param onInterrupted what the next run does if its process died
     * @param environments the environments in which it runs; empty for all
     * @param after the ids of the backfills that must be done before
     */
    public record MigrationPolicy(
            boolean transactional,
            Run run,
            String version,
            OnInterrupted onInterrupted,
            Set<String> environments,
            Set<String> after) {

        /** Once, in every environment, without a transaction, and again after an interruption. */
        public static final MigrationPolicy DEFAULT =
                new MigrationPolicy(false, Run.ONCE, "", OnInterrupted.RETRY, Set.of());

        public MigrationPolicy {
            environments = Set.copyOf(environments);
            after = Set.copyOf(after);
        }

        /**
         * Creates a policy of a migration that waits for no backfill.
         *
         * @param transactional whether the migration and its entry in the history are committed together
         * @param run how often it runs
         * @param version for {@link Run#ON_CHANGE}: a text that changes when it must run again
         * @param onInterrupted what the next run does if its process died
         * @param environments the environments in which it runs; empty for all
         */
        public MigrationPolicy(
                boolean transactional, Run run, String version, OnInterrupted onInterrupted, Set<String> environments) {
            this(transactional, run, version, onInterrupted, environments, Set.of());
        }

        /**
         * Reads the policy from an annotation.
         *
         * @param annotation the annotation
         * @return the policy
         */
        public static MigrationPolicy of(Migration annotation) {
            return new MigrationPolicy(
                    annotation.transactional(),
                    annotation.run(),
                    annotation.version(),
                    annotation.onInterrupted(),
                    Set.of(annotation.environments()),
                    Set.of(annotation.after()));
        }

        /**
         * Tells whether the migration runs in an environment.
         *
         * @param environment the name of the environment
         * @return whether it runs there
         */
        public boolean isFor(String environment) {
            return environments.isEmpty() || environments.contains(environment);
        }

        /** {@return whether it may run more than once} */
        public boolean isRepeatable() {
            return run != Run.ONCE;
        }
    }
}
