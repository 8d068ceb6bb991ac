package dev.monarch.spring.boot.operation;

import java.util.Locale;

import dev.monarch.environment.EnvironmentRegistry.Operation;

/** The names of operations in the endpoint and in metrics. They do not change. */
public final class OperationName {

    /** A run of migrations. */
    public static final String RUN = "run";

    /** A migration. */
    public static final String MIGRATION = "migration";

    /** The rollback of a migration. */
    public static final String ROLLBACK = "rollback";

    private OperationName() {}

    /**
     * Returns the name of an operation.
     *
     * @param kind what it does
     * @return its name, such as {@code backup-copy}
     */
    public static String of(Operation.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the name of an operation in a sentence, such as {@code backup copy}} */
    static String words(Operation.Kind kind) {
        return of(kind).replace('-', ' ');
    }
}
