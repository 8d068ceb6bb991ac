package dev.monarch.rewrite;

import java.util.List;

import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.TypeUtils;

/** The names of Mongock's annotations. */
final class Mongock {

    private static final String ANNOTATIONS = "io.mongock.api.annotations.";

    static final String CHANGE_UNIT = ANNOTATIONS + "ChangeUnit";

    static final String EXECUTION = ANNOTATIONS + "Execution";

    static final String ROLLBACK = ANNOTATIONS + "RollbackExecution";

    static final String BEFORE = ANNOTATIONS + "BeforeExecution";

    static final String ROLLBACK_BEFORE = ANNOTATIONS + "RollbackBeforeExecution";

    static final String CONSTRUCTOR = ANNOTATIONS + "ChangeUnitConstructor";

    static final String NON_LOCK_GUARDED = "io.changock.migration.api.annotations.NonLockGuarded";

    static final List<String> ALL = List.of(CHANGE_UNIT, EXECUTION, ROLLBACK, CONSTRUCTOR, NON_LOCK_GUARDED);

    private Mongock() {}

    static boolean is(J.Annotation annotation, String name) {
        return TypeUtils.isOfClassType(annotation.getType(), name);
    }
}
