package dev.monarch.spring.boot.guide;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.w3c.dom.NodeList;

import dev.monarch.spring.boot.guide.Page.Block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Checks every block of code on every page: Java compiles, properties exist and are readable, the rest parses. */
class CodePagesTests {

    /** Other tests check the languages without a test in this class. */
    private static final Set<String> LANGUAGES = Set.of("java", "yaml", "xml", "json", "sh", "text", "hexdump");

    /** Names that a fragment of Java may use without declaring them. */
    private static final String FRAGMENT = """
            import com.mongodb.client.MongoClient;
            import dev.monarch.backfill.*;
            import dev.monarch.environment.*;
            import dev.monarch.migration.*;

            abstract class Fragment {
                Migrator migrator;
                Backfills backfills;
                MigrationContext context;
                MongoClient client;
                String tenant;
                abstract void visit(int dog);

                void fragment() throws Exception {
            %s
                }
            }
            """;

    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public |final |abstract )*class (\\w+)");

    private static final Properties PROPERTIES = Properties.onTheClassPath();

    /** Those of the page on tests are run by the module of tests. */
    static Stream<Block> java() throws IOException {
        return Page.blocks("java").filter(block -> !block.toString().contains("testing.md"));
    }

    static Stream<Block> yaml() throws IOException {
        return Page.blocks("yaml");
    }

    static Stream<Block> json() throws IOException {
        return Page.blocks("json");
    }

    static Stream<Block> xml() throws IOException {
        return Page.blocks("xml");
    }

    @Test
    void everyBlockSaysWhatItIs() throws IOException {
        assertThat(Page.blocks())
                .isNotEmpty()
                .allSatisfy(block -> assertThat(LANGUAGES).as(block.toString()).contains(block.language()));
    }

    @ParameterizedTest
    @MethodSource("java")
    void javaCompiles(Block block, @TempDir Path folder) throws IOException {
        boolean whole = block.code().startsWith("package ");
        String name = whole
                ? TYPE.matcher(block.code()).results().findFirst().orElseThrow().group(1)
                : "Fragment";
        Path source = Files.writeString(
                folder.resolve(name + ".java"), whole ? block.code() : FRAGMENT.formatted(block.code()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .as(said.toString())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void propertiesExistAndCanBeRead(Block block) throws IOException {
        Map<Class<?>, Map<String, Object>> values = new HashMap<>();
        for (PropertySource<?> source : new YamlPropertySourceLoader()
                .load(block.toString(), new ByteArrayResource(block.code().getBytes(StandardCharsets.UTF_8)))) {
            EnumerablePropertySource<?> properties = (EnumerablePropertySource<?>) source;
            for (String name : properties.getPropertyNames()) {
                assertThat(PROPERTIES.has(name))
                        .as("%s: property %s", block, name)
                        .isTrue();
                PROPERTIES
                        .typeOf(name)
                        .ifPresent(type -> values.computeIfAbsent(type, each -> new TreeMap<>())
                                .put(name, properties.getProperty(name)));
            }
        }
        values.forEach((type, given) -> assertThatCode(() -> new Binder(new MapConfigurationPropertySource(given))
                        .bind(
                                Properties.prefix(type),
                                Bindable.of(type),
                                new NoUnboundElementsBindHandler(BindHandler.DEFAULT)))
                .as("%s: %s", block, given)
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("json")
    void jsonParses(Block block) {
        assertThat(Document.parse(block.code())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("xml")
    void dependenciesAreModules(Block block) throws Exception {
        NodeList modules = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(block.code().getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("artifactId");
        assertThat(modules.getLength()).isPositive();
        for (int i = 0; i < modules.getLength(); i++) {
            String module = modules.item(i).getTextContent();
            if (module.startsWith("monarch-")) {
                assertThat(modules()).as(block.toString()).contains(module);
            }
        }
    }

    private static List<String> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            List<String> names = new ArrayList<>();
            for (Path pom : folders.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList()) {
                String text = Files.readString(pom);
                names.add(text.substring(text.indexOf("</parent>") + 1)
                        .replaceFirst("(?s).*?<artifactId>([^<]+)</artifactId>.*", "$1"));
            }
            return names;
        }
    }
}
