package dev.monarch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Public elements have Javadoc for each parameter and result. The compiler checks existing Javadoc. Its check for
 * missing Javadoc is not used, because it requires the components of a record twice.
 */
class JavadocTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monarch-core",
                "monarch-spring-boot-starter",
                "monarch-backup-store-tests",
                "monarch-test-servers",
                "monarch-benchmarks"
            })
    void everyPublicTypeIsDocumented(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            assertThat(problems(files.filter(JavadocTests::isChecked).toList())).isEmpty();
        }
    }

    /** Only this repository uses the engine. */
    private static boolean isChecked(Path file) {
        return file.toString().endsWith(".java") && !file.toString().contains("/dev/monarch/engine/");
    }

    @Test
    void missingJavadocIsFound(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("Pair.java");
        Files.writeString(source, """
                /** @param left documented */
                public record Pair<T>(T left, T right) {
                    public static final int VALUE = 1;
                    public Pair { }
                    public Pair() { this(null, null); }
                    @Override public String toString() { return ""; }
                    int hidden() { return 1; }
                    /** @param file documented */
                    public <R> R read(String file, int at) throws java.io.IOException { return null; }
                    /** {@return documented} */
                    public int documented() { return 1; }
                    interface Hidden { int hidden(); }
                    /** Documented. */
                    public interface Shape { double area(); }
                }
                """);
        assertThat(problems(List.of(source)))
                .containsExactly(
                        "Pair.java: Pair does not document T",
                        "Pair.java: Pair does not document right",
                        "Pair.java: VALUE has no Javadoc",
                        "Pair.java: Pair.new has no Javadoc",
                        "Pair.java: Pair.read does not document R",
                        "Pair.java: Pair.read does not document at",
                        "Pair.java: Pair.read does not document java.io.IOException",
                        "Pair.java: Pair.read does not document its result",
                        "Pair.java: Shape.area has no Javadoc");
    }

    private static List<String> problems(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            Documented documented = new Documented(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                documented.scan(unit, null);
            }
            return documented.problems;
        }
    }

    /** Collects public elements without Javadoc. */
    private static final class Documented extends TreePathScanner<Void, Void> {

        private final DocTrees docs;

        private final List<String> problems = new ArrayList<>();

        Documented(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            if (!isVisible(type.getModifiers())) {
                return null;
            }
            Set<String> needed = new HashSet<>();
            type.getTypeParameters().forEach(parameter -> needed.add(name(parameter)));
            if (type.getKind() == Tree.Kind.RECORD) {
                needed.addAll(components(type));
            }
            check(name(type), needed, false);
            type.getMembers().forEach(member -> scan(member, none));
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void none) {
            if (isVisible(field.getModifiers())) {
                check(field.getName().toString(), Set.of(), false);
            }
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            if (!isVisible(method.getModifiers()) || isOverriding(method) || isCompact(method)) {
                return null;
            }
            Set<String> needed = new HashSet<>();
            method.getTypeParameters().forEach(parameter -> needed.add(name(parameter)));
            method.getParameters()
                    .forEach(parameter -> needed.add(parameter.getName().toString()));
            method.getThrows().stream().map(ExpressionTree::toString).forEach(needed::add);
            check(name(method), needed, hasResult(method));
            return null;
        }

        private void check(String what, Set<String> needed, boolean result) {
            String where = getCurrentPath().getCompilationUnit().getSourceFile().getName();
            String place = Path.of(where).getFileName() + ": " + what;
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment == null) {
                problems.add(place + " has no Javadoc");
                return;
            }
            String text = comment.toString();
            needed.stream()
                    .sorted()
                    .filter(name -> !text.matches("(?s).*@(param <?|throws |exception )([\\w.]+\\.)?" + name + "\\b.*"))
                    .forEach(name -> problems.add(place + " does not document " + name));
            if (result && !text.contains("@return")) {
                problems.add(place + " does not document its result");
            }
        }

        private boolean isVisible(ModifiersTree modifiers) {
            Tree outer = getCurrentPath().getParentPath().getLeaf();
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || !flags.contains(Modifier.PRIVATE) && isInterface(outer);
        }

        private static boolean isInterface(Tree tree) {
            return tree.getKind() == Tree.Kind.INTERFACE || tree.getKind() == Tree.Kind.ANNOTATION_TYPE;
        }

        private static boolean isOverriding(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }

        /** The parser adds the parameters of a compact constructor, so only the text shows the difference. */
        private boolean isCompact(MethodTree method) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            Tree outer = getCurrentPath().getParentPath().getLeaf();
            Tree body = method.getBody();
            if (outer.getKind() != Tree.Kind.RECORD || method.getReturnType() != null || body == null) {
                return false;
            }
            try {
                return unit.getSourceFile()
                        .getCharContent(true)
                        .subSequence(start(unit, method), start(unit, body))
                        .toString()
                        .matches("(?s).*\\w\\s*");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private int start(CompilationUnitTree unit, Tree tree) {
            return (int) docs.getSourcePositions().getStartPosition(unit, tree);
        }

        private static boolean hasResult(MethodTree method) {
            Tree type = method.getReturnType();
            return type != null && !type.toString().equals("void");
        }

        private static List<String> components(ClassTree type) {
            return type.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(VariableTree.class::cast)
                    .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                    .map(field -> field.getName().toString())
                    .toList();
        }

        private static String name(TypeParameterTree parameter) {
            return parameter.getName().toString();
        }

        private static String name(ClassTree type) {
            return type.getSimpleName().toString();
        }

        private String name(MethodTree method) {
            ClassTree outer = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            String name =
                    method.getReturnType() == null ? "new" : method.getName().toString();
            return outer.getSimpleName() + "." + name;
        }
    }
}
