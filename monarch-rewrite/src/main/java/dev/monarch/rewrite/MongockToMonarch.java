package dev.monarch.rewrite;

import java.util.List;

import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Preconditions;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.ImplementInterface;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.search.UsesType;
import org.openrewrite.java.tree.J;
import org.openrewrite.marker.SearchResult;

/**
 * Turns change units of Mongock into migrations of Monarch.
 *
 * <p>A class with {@code @ChangeUnit} becomes a {@code MongoMigration} with {@code @Migration}: its {@code @Execution}
 * method becomes {@code up}, its {@code @RollbackExecution} method becomes {@code down}, and its constructor stays. The
 * arguments of both methods become arguments of the constructor, except the database, which comes from the context. A
 * change unit that has no counterpart stays as it is, with a comment that says why.
 */
public final class MongockToMonarch extends Recipe {

    /** Called by OpenRewrite. */
    public MongockToMonarch() {}

    @Override
    public String getDisplayName() {
        return "Turn change units of Mongock into migrations of Monarch";
    }

    @Override
    public String getDescription() {
        return "Turns classes with `@ChangeUnit` into `@Migration` beans, and marks those without a counterpart.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return Preconditions.check(new UsesType<>(Mongock.CHANGE_UNIT, false), new ChangeUnits());
    }

    /** Converts each class that is a change unit. */
    private static final class ChangeUnits extends JavaIsoVisitor<ExecutionContext> {

        @Override
        public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration declared, ExecutionContext context) {
            J.ClassDeclaration type = super.visitClassDeclaration(declared, context);
            ChangeUnit unit = ChangeUnit.of(type);
            if (unit == null) {
                return type;
            }
            List<String> obstacles = unit.obstacles();
            if (!obstacles.isEmpty()) {
                return SearchResult.found(type, "Not a migration of Monarch yet: " + String.join(" ", obstacles));
            }
            return converted(unit, context);
        }

        private J.ClassDeclaration converted(ChangeUnit unit, ExecutionContext context) {
            J.ClassDeclaration type = unit.annotated(getCursor());
            type = (J.ClassDeclaration) new ImplementInterface<ExecutionContext>(type, Monarch.MIGRATION_TYPE)
                    .visitNonNull(type, context, getCursor().getParentOrThrow());
            setCursor(new Cursor(getCursor().getParentOrThrow(), type));
            type = new MigrationMethods(getCursor(), unit).in(type);
            Mongock.ALL.forEach(this::maybeRemoveImport);
            Monarch.ALL.forEach(name -> maybeAddImport(name, false));
            return maybeAutoFormat(unit.type(), type, context, getCursor().getParentOrThrow());
        }
    }
}
