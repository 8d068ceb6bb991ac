package dev.monarch.environment;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.monarch.engine.Checks;
import dev.monarch.environment.Guard.GuardedOperation;

/**
 * The caller's consent to a destructive operation, which is always the last argument of the operation.
 *
 * <p>{@link GuardedOperation} says what each operation needs on which environment. Immutable; approvals are equal if
 * they confirm the same environments.
 */
public final class Approval {

    private static final Approval NONE = new Approval(false, Set.of());

    private static final Approval CONFIRMED = new Approval(true, Set.of());

    private final boolean confirmsAll;

    private final Set<String> environments;

    private Approval(boolean confirmsAll, Set<String> environments) {
        this.confirmsAll = confirmsAll;
        this.environments = Collections.unmodifiableSet(new TreeSet<>(environments));
    }

    /**
     * Returns no consent. It suffices only if the guard requires nothing.
     *
     * @return the approval
     */
    public static Approval none() {
        return NONE;
    }

    /**
     * Returns a confirmation for any environment. It never suffices for a protected one.
     *
     * @return the approval
     */
    public static Approval confirmed() {
        return CONFIRMED;
    }

    /**
     * Returns a confirmation that names the environment, or all environments, that the operation changes.
     *
     * @param environment the environment's exact name
     * @param others the exact names of others
     * @return a confirmation for exactly these environments
     * @throws IllegalArgumentException if a name is blank
     */
    public static Approval naming(String environment, String... others) {
        Set<String> all = new TreeSet<>(List.of(others));
        all.add(environment);
        all.forEach(name -> Checks.notBlank("environment", name));
        return new Approval(false, all);
    }

    /**
     * Adds another approval to this one.
     *
     * @param other the other approval
     * @return an approval that confirms what either of them confirms
     */
    public Approval and(Approval other) {
        Set<String> all = new TreeSet<>(environments);
        all.addAll(other.environments);
        return new Approval(confirmsAll || other.confirmsAll, all);
    }

    /**
     * Tells whether this confirms an environment, with or without its name.
     *
     * @param environment the environment's name
     * @return true if it does
     */
    public boolean confirms(String environment) {
        return confirmsAll || names(environment);
    }

    /**
     * Tells whether this names an environment.
     *
     * @param environment the environment's name
     * @return true if it does
     */
    public boolean names(String environment) {
        return environments.contains(environment);
    }

    /**
     * {@return the environments that are named, in alphabetical order}
     */
    public Set<String> environments() {
        return environments;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Approval approval
                && confirmsAll == approval.confirmsAll
                && environments.equals(approval.environments);
    }

    @Override
    public int hashCode() {
        return environments.hashCode() * 31 + Boolean.hashCode(confirmsAll);
    }

    @Override
    public String toString() {
        return "approval of " + (confirmsAll ? "all, by name " : "") + environments;
    }
}
