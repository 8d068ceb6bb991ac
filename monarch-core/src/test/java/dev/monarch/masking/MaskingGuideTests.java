package dev.monarch.masking;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Compiles the rules of docs/masking.md as they stand there, and masks its documents by them. */
class MaskingGuideTests {

    private static final Path GUIDE = Path.of("../docs/masking.md");

    @TempDir
    private Path folder;

    @Test
    void theExampleMakesWhatItIsSaidTo() throws Exception {
        MaskingRules rules = rules("KennelMasking");
        List<String> documents = blocks("json");

        BsonDocument masked = Masked.by(rules, documents.get(0));

        assertThat(masked).isEqualTo(BsonDocument.parse(documents.get(1)));
        assertThat(masked("dogs", rules, "{owner: 4711}").get("owner")).isEqualTo(masked.get("_id"));
        assertThat(masked("visits", rules, "{_id: 1, remarks: 'bites'}")).isEqualTo(BsonDocument.parse("{_id: 1}"));
    }

    @Test
    void theStrictExampleEndsInTheseWords() throws Exception {
        MaskingRules rules = rules("StrictMasking");

        assertThatThrownBy(() -> Masked.by(rules, "{since: 1, address: {country: 'DE', street: 'Heidestraße'}}"))
                .hasMessage(blocks("text").get(0));
        assertThat(masked("breeds", rules, "{_id: 'Beagle'}")).isEqualTo(BsonDocument.parse("{_id: 'Beagle'}"));
    }

    @Test
    void everyMaskerIsInTheTable() throws IOException {
        String table = Files.readString(GUIDE);

        Stream.of(Masker.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .forEach(method -> assertThat(table).containsPattern("\\| .*`" + method.getName() + "\\(.*\\|"));
    }

    private static BsonDocument masked(String collection, MaskingRules rules, String json) {
        return Masked.documents(rules.under(Masked.KEY, "copy", "production")
                        .transform(Masked.collection(collection, CollectionType.COLLECTION))
                        .apply(Masked.batch(List.of(BsonDocument.parse(json)))))
                .get(0);
    }

    private static List<String> blocks(String language) throws IOException {
        Matcher blocks = Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE));
        return blocks.results().map(block -> block.group(1)).toList();
    }

    private MaskingRules rules(String name) throws Exception {
        compile();
        URL[] compiled = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
            Method rules = loader.loadClass("com.example.demo." + name).getDeclaredMethod("rules");
            rules.setAccessible(true);
            return (MaskingRules) rules.invoke(null);
        }
    }

    private void compile() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String block : blocks("java")) {
            Matcher name = Pattern.compile("^class (\\w+)", Pattern.MULTILINE).matcher(block);
            assertThat(name.find()).isTrue();
            sources.add(Files.writeString(folder.resolve(name.group(1) + ".java"), block));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", folder.toString());
            boolean done = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
    }
}
