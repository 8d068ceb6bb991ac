package dev.monarch.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/**
 * A class with {@code @ChangeUnit}.
 *
 * @param type the class
 * @param annotation its annotation
 * @param attributes the values of the annotation's attributes; an expression that is not a literal is absent
 * @param unreadable the names of attributes whose value is not a literal
 */
record ChangeUnit(
        J.ClassDeclaration type, J.Annotation annotation, Map<String, Object> attributes, List<String> unreadable) {

    static @Nullable ChangeUnit of(J.ClassDeclaration type) {
        return type.getLeadingAnnotations().stream()
                .filter(annotation -> Mongock.is(annotation, Mongock.CHANGE_UNIT))
                .findFirst()
                .map(annotation -> of(type, annotation))
                .orElse(null);
    }

    private static ChangeUnit of(J.ClassDeclaration type, J.Annotation annotation) {
        Map<String, Object> attributes = new HashMap<>();
        List<String> unreadable = new ArrayList<>();
        List<Expression> arguments = annotation.getArguments() == null ? List.of() : annotation.getArguments();
        for (Expression argument : arguments) {
            if (argument instanceof J.Assignment assignment && assignment.getVariable() instanceof J.Identifier name) {
                if (assignment.getAssignment() instanceof J.Literal literal && literal.getValue() != null) {
                    attributes.put(name.getSimpleName(), literal.getValue());
                } else {
                    unreadable.add(name.getSimpleName());
                }
            }
        }
        return new ChangeUnit(type, annotation, attributes, unreadable);
    }

    /** Says, in sentences, what has no counterpart in Monarch. */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        if (!unreadable.isEmpty()) {
            obstacles.add("Write the values of " + String.join(", ", unreadable) + " as literals.");
        }
        if (methods(Mongock.BEFORE).findAny().isPresent()
                || methods(Mongock.ROLLBACK_BEFORE).findAny().isPresent()) {
            obstacles.add("@BeforeExecution has no counterpart: move its method into a change unit of its own.");
        }
        if (Boolean.FALSE.equals(attributes.get("failFast"))) {
            obstacles.add("failFast = false has no counterpart: a failed migration stops the run.");
        }
        if (attributes.containsKey("systemVersion")) {
            obstacles.add("systemVersion has no counterpart: remove it.");
        }
        if (methods(Mongock.EXECUTION).count() != 1) {
            obstacles.add("It needs exactly one @Execution method.");
        }
        if (constructors().count() > 1) {
            obstacles.add("It has several constructors: leave the one that Spring calls.");
        }
        if (Stream.concat(methods(Mongock.EXECUTION), methods(Mongock.ROLLBACK))
                .anyMatch(method -> method.getType() != JavaType.Primitive.Void)) {
            obstacles.add("Its methods must return nothing.");
        }
        if (hasOneNameForTwoThings()) {
            obstacles.add("Its methods have arguments with the same name and different types: rename them.");
        }
        return obstacles;
    }

    private boolean hasOneNameForTwoThings() {
        Map<String, String> types = new HashMap<>();
        return Stream.concat(methods(Mongock.EXECUTION), methods(Mongock.ROLLBACK))
                .flatMap(method -> method.getParameters().stream())
                .filter(J.VariableDeclarations.class::isInstance)
                .map(J.VariableDeclarations.class::cast)
                .anyMatch(argument -> {
                    String type = String.valueOf(argument.getType());
                    String former =
                            types.putIfAbsent(argument.getVariables().get(0).getSimpleName(), type);
                    return former != null && !former.equals(type);
                });
    }

    Stream<J.MethodDeclaration> methods(String annotation) {
        return type.getBody().getStatements().stream()
                .filter(J.MethodDeclaration.class::isInstance)
                .map(J.MethodDeclaration.class::cast)
                .filter(method -> has(method, annotation));
    }

    private Stream<J.MethodDeclaration> constructors() {
        return type.getBody().getStatements().stream()
                .filter(J.MethodDeclaration.class::isInstance)
                .map(J.MethodDeclaration.class::cast)
                .filter(J.MethodDeclaration::isConstructor);
    }

    static boolean has(J.MethodDeclaration method, String annotation) {
        return method.getLeadingAnnotations().stream().anyMatch(found -> Mongock.is(found, annotation));
    }

    /** Returns the class with {@code @Migration} instead of {@code @ChangeUnit}. */
    J.ClassDeclaration annotated(Cursor cursor) {
        Cursor at = new Cursor(new Cursor(cursor.getParentOrThrow(), type), annotation);
        J.Annotation migration = Monarch.template(migration())
                .apply(at, annotation.getCoordinates().replace());
        return type.withLeadingAnnotations(type.getLeadingAnnotations().stream()
                .map(found -> found == annotation ? migration.withPrefix(annotation.getPrefix()) : found)
                .toList());
    }

    private String migration() {
        List<String> more = new ArrayList<>();
        if (Boolean.TRUE.equals(attributes.get("transactional"))) {
            more.add("transactional = true");
        }
        if (Boolean.TRUE.equals(attributes.get("runAlways"))) {
            more.add("run = Migration.Run.ALWAYS");
        }
        return more.isEmpty()
                ? "@Migration(" + literal(id()) + ")"
                : "@Migration(id = " + literal(id()) + ", " + String.join(", ", more) + ")";
    }

    /** The order comes first, because the id of a migration is its order. An id that begins with it stays as it is. */
    private String id() {
        String id = String.valueOf(attributes.getOrDefault("id", ""));
        String order = String.valueOf(attributes.getOrDefault("order", ""));
        return order.isEmpty() || id.startsWith(order) ? id : order + "-" + id;
    }

    private static String literal(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
