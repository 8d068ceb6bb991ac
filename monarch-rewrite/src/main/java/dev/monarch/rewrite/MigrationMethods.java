package dev.monarch.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.Tree;
import org.openrewrite.java.JavaTemplate;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TypeUtils;
import org.openrewrite.marker.Markers;

/** Turns the methods of a change unit into those of a migration. */
final class MigrationMethods {

    /** What the context provides, and by which method. */
    private static final Map<String, String> OF_CONTEXT = Map.of(
            "com.mongodb.client.MongoDatabase", "context.database()",
            "org.springframework.data.mongodb.core.MongoOperations", "context.template()");

    private final Cursor parent;

    private final ChangeUnit unit;

    /** The arguments that become fields, by their names. */
    private final Map<String, J.VariableDeclarations> promoted = new LinkedHashMap<>();

    MigrationMethods(Cursor cursor, ChangeUnit unit) {
        this.parent = cursor.getParentOrThrow();
        this.unit = unit;
    }

    J.ClassDeclaration in(J.ClassDeclaration type) {
        J.ClassDeclaration converted = type;
        for (Statement statement : type.getBody().getStatements()) {
            if (!(statement instanceof J.MethodDeclaration method)) {
                continue;
            }
            if (ChangeUnit.has(method, Mongock.EXECUTION)) {
                converted = replaced(converted, method, converted(converted, method, "up"));
            } else if (ChangeUnit.has(method, Mongock.ROLLBACK)) {
                boolean empty = method.getBody() == null
                        || method.getBody().getStatements().isEmpty();
                converted = replaced(converted, method, empty ? null : converted(converted, method, "down"));
            }
        }
        return withConstructor(withFields(converted));
    }

    private J.MethodDeclaration converted(J.ClassDeclaration type, J.MethodDeclaration method, String name) {
        List<J.VariableDeclarations> arguments = method.getParameters().stream()
                .filter(J.VariableDeclarations.class::isInstance)
                .map(J.VariableDeclarations.class::cast)
                .toList();
        J.MethodDeclaration converted = visible(method.withLeadingAnnotations(List.of())
                .withName(method.getName().withSimpleName(name)));
        JavaType.Method methodType = method.getMethodType();
        if (methodType != null) {
            converted = converted.withMethodType(methodType.withName(name));
        }
        converted = Monarch.template("MigrationContext context")
                .apply(at(type, converted), converted.getCoordinates().replaceParameters());
        for (int i = arguments.size() - 1; i >= 0; i--) {
            converted = withArgument(type, converted, arguments.get(i));
        }
        return Monarch.template("@Override")
                .apply(at(type, converted), converted.getCoordinates().addAnnotation((one, other) -> 0));
    }

    private static J.MethodDeclaration visible(J.MethodDeclaration method) {
        if (method.hasModifier(J.Modifier.Type.Public)) {
            return method;
        }
        List<J.Modifier> modifiers = new ArrayList<>(List.of(modifier(J.Modifier.Type.Public)));
        method.getModifiers().stream()
                .filter(one -> one.getType() != J.Modifier.Type.Private && one.getType() != J.Modifier.Type.Protected)
                .map(one -> one.withPrefix(Space.SINGLE_SPACE))
                .forEach(modifiers::add);
        return method.withModifiers(modifiers)
                .withReturnTypeExpression(
                        method.getReturnTypeExpression() == null
                                ? null
                                : method.getReturnTypeExpression().withPrefix(Space.SINGLE_SPACE));
    }

    /** The database comes from the context; everything else from the constructor. */
    private J.MethodDeclaration withArgument(
            J.ClassDeclaration type, J.MethodDeclaration method, J.VariableDeclarations argument) {
        String name = name(argument);
        String source = OF_CONTEXT.entrySet().stream()
                .filter(provided -> TypeUtils.isOfClassType(argument.getType(), provided.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        J.Block body = method.getBody();
        if (source == null || body == null) {
            promoted.putIfAbsent(name, argument);
            return method;
        }
        String simple = argument.getType() instanceof JavaType.FullyQualified of ? of.getClassName() : "var";
        return Monarch.template(simple + " " + name + " = " + source + ";")
                .apply(at(type, method), body.getCoordinates().firstStatement());
    }

    private J.ClassDeclaration withFields(J.ClassDeclaration type) {
        List<Statement> statements = promoted.values().stream()
                .filter(argument -> !hasField(type, name(argument)))
                .<Statement>map(argument -> argument.withId(Tree.randomId())
                        .withLeadingAnnotations(List.of())
                        .withPrefix(Space.format("\n\n    "))
                        .withModifiers(List.of(
                                modifier(J.Modifier.Type.Private),
                                modifier(J.Modifier.Type.Final).withPrefix(Space.SINGLE_SPACE)))
                        .withTypeExpression(
                                argument.getTypeExpression() == null
                                        ? null
                                        : argument.getTypeExpression().withPrefix(Space.SINGLE_SPACE)))
                .collect(Collectors.toCollection(ArrayList::new));
        statements.addAll(type.getBody().getStatements());
        return type.withBody(type.getBody().withStatements(statements));
    }

    private static boolean hasField(J.ClassDeclaration type, String name) {
        return type.getBody().getStatements().stream()
                .filter(J.VariableDeclarations.class::isInstance)
                .anyMatch(field -> name((J.VariableDeclarations) field).equals(name));
    }

    private J.ClassDeclaration withConstructor(J.ClassDeclaration type) {
        J.ClassDeclaration unmarked = type;
        for (Statement statement : type.getBody().getStatements()) {
            if (statement instanceof J.MethodDeclaration constructor && constructor.isConstructor()) {
                return replaced(unmarked, constructor, extended(unmarked, unmarked(constructor)));
            }
        }
        return promoted.isEmpty() ? type : withNewConstructor(type);
    }

    private static J.MethodDeclaration unmarked(J.MethodDeclaration constructor) {
        return constructor.withLeadingAnnotations(constructor.getLeadingAnnotations().stream()
                .filter(annotation -> !Mongock.is(annotation, Mongock.CONSTRUCTOR))
                .toList());
    }

    private J.MethodDeclaration extended(J.ClassDeclaration type, J.MethodDeclaration constructor) {
        J.MethodDeclaration extended = constructor;
        for (J.VariableDeclarations argument : promoted.values()) {
            if (hasField(unit.type(), name(argument))) {
                continue;
            }
            List<Statement> parameters = new ArrayList<>(extended.getParameters().stream()
                    .filter(J.VariableDeclarations.class::isInstance)
                    .toList());
            parameters.add(plain(argument).withPrefix(parameters.isEmpty() ? Space.EMPTY : Space.SINGLE_SPACE));
            extended = extended.withParameters(parameters);
            J.Block body = extended.getBody();
            if (body != null) {
                extended = Monarch.template(assignment(argument))
                        .apply(at(type, extended), body.getCoordinates().lastStatement());
            }
        }
        return extended;
    }

    private J.ClassDeclaration withNewConstructor(J.ClassDeclaration type) {
        String assignments =
                promoted.values().stream().map(MigrationMethods::assignment).collect(Collectors.joining(" "));
        List<Statement> statements = new ArrayList<>(type.getBody().getStatements());
        long fields = statements.stream()
                .takeWhile(J.VariableDeclarations.class::isInstance)
                .count();
        J.ClassDeclaration built = JavaTemplate.builder("public " + type.getSimpleName() + "() { " + assignments + " }")
                .build()
                .apply(new Cursor(parent, type), type.getBody().getCoordinates().firstStatement());
        J.MethodDeclaration constructor =
                (J.MethodDeclaration) built.getBody().getStatements().get(0);
        List<Statement> parameters = new ArrayList<>();
        for (J.VariableDeclarations argument : promoted.values()) {
            parameters.add(plain(argument).withPrefix(parameters.isEmpty() ? Space.EMPTY : Space.SINGLE_SPACE));
        }
        statements.add(
                (int) fields,
                constructor
                        .withName(constructor.getName().withSimpleName(type.getSimpleName()))
                        .withParameters(parameters)
                        .withPrefix(Space.format("\n\n    ")));
        return type.withBody(type.getBody().withStatements(statements));
    }

    private static J.VariableDeclarations plain(J.VariableDeclarations argument) {
        return argument.withId(Tree.randomId())
                .withLeadingAnnotations(argument.getLeadingAnnotations().stream()
                        .filter(annotation -> !Mongock.is(annotation, Mongock.NON_LOCK_GUARDED))
                        .toList());
    }

    private static String assignment(J.VariableDeclarations argument) {
        return "this." + name(argument) + " = " + name(argument) + ";";
    }

    private static String name(J.VariableDeclarations variable) {
        return variable.getVariables().get(0).getSimpleName();
    }

    private Cursor at(J.ClassDeclaration type, J.MethodDeclaration method) {
        return new Cursor(new Cursor(new Cursor(parent, type), type.getBody()), method);
    }

    private static J.ClassDeclaration replaced(
            J.ClassDeclaration type, Statement former, J.@Nullable MethodDeclaration now) {
        return type.withBody(type.getBody()
                .withStatements(type.getBody().getStatements().stream()
                        .flatMap(statement -> statement.getId().equals(former.getId())
                                ? Stream.ofNullable(now)
                                : Stream.of(statement))
                        .toList()));
    }

    private static J.Modifier modifier(J.Modifier.Type type) {
        return new J.Modifier(Tree.randomId(), Space.EMPTY, Markers.EMPTY, null, type, List.of());
    }
}
