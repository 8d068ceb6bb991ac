package dev.monarch.environment;

/** What a caller gives the guard in favour of a destructive operation. */
public sealed interface Approval {

    /**
     * Returns no approval at all.
     *
     * @return nothing said
     */
    static Approval none() {
        return new None();
    }

    /**
     * Returns a plain yes, which never suffices for a protected environment.
     *
     * @return a yes
     */
    static Approval confirmed() {
        return new Confirmed();
    }

    /**
     * Returns a yes that spells out which environment is meant.
     *
     * @param environment the environment's exact name
     * @return a yes to that environment and no other
     */
    static Approval naming(String environment) {
        return new Naming(environment);
    }

    /** Nothing said. */
    record None() implements Approval {}

    /** A plain yes. */
    record Confirmed() implements Approval {}

    /**
     * A yes to one environment by name.
     *
     * @param environment the exact name
     */
    record Naming(String environment) implements Approval {}
}
