package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.bson.BsonDocument;

import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;

/** Dumps of mongodump, with facts about their data from the original server. */
public final class Fixture {

    private Fixture() {}

    public static byte[] bytes(String name) {
        try (InputStream stream = Objects.requireNonNull(Fixture.class.getResourceAsStream("/archive/" + name), name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The zip and tar files of dumps. */
    public static Stream<String> dumps() {
        return each("-directory-gzip.zip", "-directory.tar.gz", "__2014_06_18.dmp.zip");
    }

    /** The archives. */
    public static Stream<String> archives() {
        return each(".archive.gz", "-without-big.archive");
    }

    private static Stream<String> each(String... endings) {
        return Stream.of("mongodb-4.4", "mongodb-5.0")
                .flatMap(server -> Stream.of(endings).map(ending -> server + "/kennel_fixture" + ending));
    }

    /** The directory of a file, which has the name of its server. */
    public static String folder(String file) {
        return file.substring(0, file.indexOf('/'));
    }

    /** Whether a file has the collection with a document of almost 16 MiB. */
    public static boolean hasBig(String file) {
        return !file.endsWith(".zip") && !file.contains("without-big");
    }

    /** What {@link #expected} says of the collections in a file. */
    public static Map<String, Content> expectedIn(String file) {
        Map<String, Content> expected = expected(folder(file));
        if (!hasBig(file)) {
            expected.remove("big");
        }
        return expected;
    }

    /**
     * The number of documents and their digest by collection, on the original server; without views and time series.
     */
    public static Map<String, Content> expected(String folder) {
        BsonDocument truth = BsonDocument.parse(new String(bytes(folder + "/expected.json"), StandardCharsets.UTF_8));
        Map<String, Content> expected = new TreeMap<>();
        truth.getDocument("collections").forEach((name, value) -> {
            BsonDocument collection = value.asDocument();
            if (collection.getString("type").getValue().equals("collection")) {
                expected.put(
                        name,
                        new Content(
                                collection.getNumber("count").longValue(),
                                collection.getNumber("bytes").longValue(),
                                collection.getString("digest").getValue()));
            }
        });
        return expected;
    }

    /**
     * The content of a collection.
     *
     * @param count the number of documents
     * @param bytes their total size in bytes
     * @param digest SHA-256 of the sorted hexadecimal SHA-256 of each, joined by newlines
     */
    public record Content(long count, long bytes, String digest) {}

    /** Reads an archive and keeps only digests. */
    public static final class Digests implements ArchiveVisitor {

        private final Map<String, List<String>> hashes = new TreeMap<>();

        private final Map<String, Long> bytes = new TreeMap<>();

        private final Map<String, Long> ended = new TreeMap<>();

        @Override
        public void documents(Namespace namespace, DocumentBatch batch) {
            List<String> of = hashes.computeIfAbsent(namespace.collection(), name -> new ArrayList<>());
            bytes.merge(namespace.collection(), (long) batch.length(), Long::sum);
            int documents = 0;
            for (int at = 0; at < batch.length(); documents++) {
                int length = length(batch.bytes(), at);
                of.add(HexFormat.of().formatHex(FixtureDigest.of(batch.bytes(), at, length)));
                at += length;
            }
            if (documents != batch.documents()) {
                throw new AssertionError("A batch of " + batch.documents() + " documents has " + documents);
            }
        }

        @Override
        public void end(Namespace namespace, long documents, long checksum) {
            if (ended.put(namespace.collection(), documents) != null) {
                throw new AssertionError(namespace + " ended twice");
            }
        }

        /** The collections that have ended, and their reported numbers of documents. */
        public Map<String, Long> ended() {
            return ended;
        }

        public Map<String, Content> contents() {
            Map<String, Content> contents = new TreeMap<>();
            ended.keySet().forEach(name -> {
                List<String> of = new ArrayList<>(hashes.getOrDefault(name, List.of()));
                of.sort(null);
                byte[] joined = String.join("\n", of).getBytes(StandardCharsets.US_ASCII);
                contents.put(
                        name,
                        new Content(
                                of.size(),
                                bytes.getOrDefault(name, 0L),
                                HexFormat.of().formatHex(FixtureDigest.of(joined, 0, joined.length))));
            });
            return contents;
        }

        private static int length(byte[] bytes, int at) {
            return bytes[at] & 0xFF
                    | (bytes[at + 1] & 0xFF) << 8
                    | (bytes[at + 2] & 0xFF) << 16
                    | (bytes[at + 3] & 0xFF) << 24;
        }
    }
}
