package dev.monarch.backfill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.Fact;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.Reason;
import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.backfill.BackfillBeans;

/** The backfills of an application in the order of their ids, and the problems found in them. Immutable. */
public final class BackfillSet {

    private static final int LONGEST_ID = 200;

    private final List<RegisteredBackfill> backfills;

    private final List<String> problems;

    private BackfillSet(List<RegisteredBackfill> backfills, List<String> problems) {
        this.backfills = List.copyOf(backfills);
        this.problems = List.copyOf(problems);
    }

    /**
     * Creates a set of backfills.
     *
     * @param backfills the backfills, in any order
     * @return the set
     */
    public static BackfillSet of(Collection<RegisteredBackfill> backfills) {
        return of(backfills, List.of());
    }

    /**
     * Collects the {@link Backfill} beans of a bean factory, without those of its ancestors, and what its {@link
     * BackfillSupplier} beans return.
     *
     * @param beans the bean factory
     * @return the set
     */
    public static BackfillSet in(ListableBeanFactory beans) {
        BackfillBeans found = BackfillBeans.in(beans);
        List<RegisteredBackfill> all = new ArrayList<>(found.backfills());
        beans.getBeanProvider(BackfillSupplier.class)
                .orderedStream()
                .forEach(supplier -> all.addAll(supplier.backfills()));
        return of(all, found.problems());
    }

    private static BackfillSet of(Collection<RegisteredBackfill> backfills, List<String> found) {
        List<String> problems = new ArrayList<>(found);
        Map<String, RegisteredBackfill> byId = new TreeMap<>(NaturalOrder.INSTANCE);
        for (RegisteredBackfill backfill : backfills) {
            checkId(backfill, problems);
            RegisteredBackfill other = byId.putIfAbsent(backfill.id(), backfill);
            if (other != null) {
                problems.add("The ids '" + other.id() + "' (" + other.source() + ") and '" + backfill.id() + "' ("
                        + backfill.source() + ") are equal in natural order: give one of them another id.");
            }
        }
        return new BackfillSet(new ArrayList<>(byId.values()), problems);
    }

    private static void checkId(RegisteredBackfill backfill, List<String> problems) {
        String id = backfill.id();
        if (id.isBlank()) {
            problems.add(backfill.source() + " has no id: write @Backfill(\"…\").");
        } else if (!id.equals(id.strip()) || id.chars().anyMatch(Character::isISOControl) || id.length() > LONGEST_ID) {
            problems.add(backfill.source() + " has the id '" + id.strip()
                    + "': an id has no surrounding white space, no control characters, and at most " + LONGEST_ID
                    + " characters.");
        }
        if (backfill.environments().stream().anyMatch(String::isBlank)) {
            problems.add(backfill.source()
                    + " names a blank environment, in which it would never run: name the environment, or remove it.");
        }
    }

    /**
     * Returns a set with more backfills.
     *
     * @param more the other backfills
     * @return the set
     */
    public BackfillSet with(Collection<RegisteredBackfill> more) {
        List<RegisteredBackfill> all = new ArrayList<>(backfills);
        all.addAll(more);
        return of(all, problems);
    }

    /** {@return the backfills in the order of their ids} */
    public List<RegisteredBackfill> backfills() {
        return backfills;
    }

    /** {@return all problems of the set, as sentences} */
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

    /**
     * Finds a backfill by its exact id.
     *
     * @param id the id
     * @return the backfill, or empty if none has this id
     */
    public Optional<RegisteredBackfill> find(String id) {
        return backfills.stream().filter(backfill -> backfill.id().equals(id)).findFirst();
    }

    /** A bean that adds backfills which are not beans. */
    @FunctionalInterface
    public interface BackfillSupplier {

        /**
         * Returns the backfills.
         *
         * @return the backfills, the same in every call
         */
        List<RegisteredBackfill> backfills();
    }

    /**
     * A backfill with its id and its source.
     *
     * @param id the id
     * @param backfill the backfill itself
     * @param environments the environments in which it runs; empty for all
     * @param source its origin in messages: the name and class of a bean
     * @param keepsOriginals whether it keeps what each document was, so that it can be undone
     */
    public record RegisteredBackfill(
            String id, DocumentBackfill backfill, Set<String> environments, String source, boolean keepsOriginals) {

        public RegisteredBackfill {
            environments = Set.copyOf(environments);
        }

        /**
         * Creates a backfill that keeps no originals.
         *
         * @param id the id
         * @param backfill the backfill itself
         * @param environments the environments in which it runs; empty for all
         * @param source its origin in messages: the name and class of a bean
         */
        public RegisteredBackfill(String id, DocumentBackfill backfill, Set<String> environments, String source) {
            this(id, backfill, environments, source, false);
        }

        /**
         * Creates a backfill that runs in all environments.
         *
         * @param id the id
         * @param backfill the backfill itself
         */
        public RegisteredBackfill(String id, DocumentBackfill backfill) {
            this(id, backfill, Set.of(), AopUtils.getTargetClass(backfill).getName());
        }

        /**
         * Returns the same backfill, which keeps what each document was.
         *
         * @return the backfill
         */
        public RegisteredBackfill keepingOriginals() {
            return new RegisteredBackfill(id, backfill, environments, source, true);
        }

        /**
         * Tells whether the backfill runs in an environment.
         *
         * @param environment the name of the environment
         * @return whether it runs there
         */
        public boolean isFor(String environment) {
            return environments.isEmpty() || environments.contains(environment);
        }
    }
}
