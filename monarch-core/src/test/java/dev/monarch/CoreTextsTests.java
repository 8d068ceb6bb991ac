package dev.monarch;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts of the core contain no option, verb or property. Advice is in the starter. */
class CoreTextsTests {

    /** The placeholder of a value in the constant of a concatenation. */
    private static final char VALUE = '\u0001';

    private static final Pattern ADVICE = Pattern.compile(
            // an option
            "--[\\w" + VALUE + "]"
                    // a verb
                    + "|\\bmonarch [a-z" + VALUE + "]"
                    // a property
                    + "|(?<![\\w./])monarch\\.(?!(lock|journal|schedules|backfills|setaside|versions|pace|rehearsal|history|originals|originals\\.|stage\\.)(?![\\w.-]))");

    /** The type of a {@code CONSTANT_String}. */
    private static final int STRING = 8;

    @Test
    void noTextNamesAnOptionAVerbOrAProperty() throws IOException, URISyntaxException {
        Path classes = Path.of(MonarchException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .forEach(
                            file -> constants(file).forEach(text -> texts.add(classes.relativize(file) + ": " + text)));
        }

        assertThat(texts).hasSizeGreaterThan(1000);
        assertThat(texts)
                .filteredOn(text ->
                        ADVICE.matcher(text.substring(text.indexOf(": ") + 2)).find())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Use --yes.",
                "Use --\u0001.",
                "run 'monarch status'",
                "run monarch \u0001",
                "monarch.lock.wait",
                "see monarch.migrations.run-at",
                "(monarch.environments.\u0001)",
                "monarch.history.collection"
            })
    void adviceIsRecognized(String text) {
        assertThat(ADVICE.matcher(text).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monarch.lock",
                "the collection 'monarch.history'",
                "monarch.stage.",
                "dev.monarch.migration",
                "a -- b",
                "Monarch does not shard"
            })
    void factsAreNotRecognizedAsAdvice(String text) {
        assertThat(ADVICE.matcher(text).find()).isFalse();
    }

    /** The constant pool contains text blocks and constant concatenations as they are shown. */
    @Test
    void textBlocksAndConcatenationsAreRead() throws IOException, URISyntaxException {
        String name = Sample.class.getName();
        Path file = Path.of(Sample.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(name.replace('.', '/') + ".class");

        assertThat(constants(file)).contains("first --block\n", "before --joined after", "value \u0001 --late");
    }

    private static final class Sample {

        private static final String OPTION = "--joined";

        static String block() {
            return """
                    first --block
                    """;
        }

        static String joined() {
            return "before " + OPTION + " after";
        }

        static String late(int value) {
            return "value " + value + " --late";
        }
    }

    /** All constants of type {@code String}, of the class file format's constant pool (JVMS 4.4). */
    private static Set<String> constants(Path file) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            String[] texts = new String[count];
            List<Integer> strings = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[i] = in.readUTF();
                    case STRING -> strings.add(in.readUnsignedShort());
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        // A long or a double has two entries.
                        i++;
                    }
                    default -> throw new IOException(file + " has a constant of the unknown type " + tag);
                }
            }
            Set<String> found = new TreeSet<>();
            strings.forEach(index -> found.add(texts[index]));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
