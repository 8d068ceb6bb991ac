package dev.monarch.environment;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.monarch.engine.Checks;

/**
 * The caller's consent to a destructive operation, which is always the last argument of the operation.
 *
 * <p>{@link GuardedOperation} says what each operation needs on which environment. Immutable; approvals are equal if they
 * consent to the same.
 */
public final class Approval {

    private static final Approval NONE = new Approval(false, Set.of());

    private static final Approval CONFIRMED = new Approval(true, Set.of());

    private final boolean plainYes;

    private final Set<String> environments;

    private Approval(boolean plainYes, Set<String> environments) {
        this.plainYes = plainYes;
        this.environments = Collections.unmodifiableSet(new TreeSet<>(environments));
    }

    /**
     * Returns no consent: enough only where the guard asks for nothing.
     *
     * @return the approval
     */
    public static Approval none() {
        return NONE;
    }

    /**
     * Returns a plain yes to whatever environments the operation changes; never enough for a protected one.
     *
     * @return the approval
     */
    public static Approval confirmed() {
        return CONFIRMED;
    }

    /**
     * Returns a yes that names the environment that is meant, or all of several that one operation changes.
     *
     * @param environment the environment's exact name
     * @param others the exact names of others
     * @return a yes to these environments and no other
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
     * @return consents to whatever one of the two consents to
     */
    public Approval and(Approval other) {
        Set<String> all = new TreeSet<>(environments);
        all.addAll(other.environments);
        return new Approval(plainYes || other.plainYes, all);
    }

    /**
     * Tells whether this is a yes to an environment, by its name or not.
     *
     * @param environment the environment's name
     * @return whether it is
     */
    public boolean confirms(String environment) {
        return plainYes || names(environment);
    }

    /**
     * Tells whether this is a yes that names an environment.
     *
     * @param environment the environment's name
     * @return whether it is
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
                && plainYes == approval.plainYes
                && environments.equals(approval.environments);
    }

    @Override
    public int hashCode() {
        return environments.hashCode() * 31 + Boolean.hashCode(plainYes);
    }

    @Override
    public String toString() {
        return "approval of " + (plainYes ? "all, by name " : "") + environments;
    }
}
