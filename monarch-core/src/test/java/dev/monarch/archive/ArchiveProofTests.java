package dev.monarch.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.DamagedArchiveException;
import dev.monarch.test.TestProcess;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.DocumentBatch;
import dev.monarch.transfer.Namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever is done to an archive, it is known for damaged or is read as what it was; in little memory.
 *
 * <p>The large numbers run with {@code -Pproof}.
 */
class ArchiveProofTests {

    private static final int FLIPS = Integer.getInteger("monarch.proof.flips", 100);

    private static final String PLAIN = "mongodb-5.0/kennel_fixture-without-big.archive";

    @ParameterizedTest
    @EnumSource
    void aFlippedBitIsNoticedOrChangesNothing(Compression compression) throws IOException {
        byte[] archive = ours(compression);
        Map<String, Fixture.Content> truth = contents(archive);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int flip = 0; flip < FLIPS; flip++) {
            int at = random.nextInt(archive.length);
            byte[] flipped = archive.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(contents(flipped)).as("seed %d, byte %d", seed, at).isEqualTo(truth);
            } catch (DamagedArchiveException e) {
                assertThat(e).as("seed %d, byte %d", seed, at).hasMessageContaining("damaged");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noPrefixIsAnArchive(Compression compression) throws IOException {
        byte[] archive = ours(compression);
        int step = Math.max(1, archive.length / FLIPS);
        for (int length = 0; length < archive.length; length += length < 200 ? 1 : step) {
            byte[] prefix = Arrays.copyOf(archive, length);
            assertThatExceptionOfType(DamagedArchiveException.class)
                    .as("the first %d bytes", length)
                    .isThrownBy(() -> contents(prefix));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -2, 0, 4, 17 * 1024 * 1024})
    void aLengthThatLiesIsNotBelieved(int length) {
        byte[] archive = Fixture.bytes(PLAIN);
        // The length of the header, behind the magic number.
        for (int i = 0; i < 4; i++) {
            archive[4 + i] = (byte) (length >>> 8 * i);
        }

        assertThatExceptionOfType(DamagedArchiveException.class).isThrownBy(() -> contents(archive));
    }

    @Test
    void aHeaderThatAsksForAMillionCollectionsAtOnceGetsNone() throws IOException {
        byte[] archive = archive(1_000_000, List.of("c"), List.of());

        assertThat(contents(concatenated(archive, end("c")))).containsKey("c");
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> contents(concatenated(archive, end("d"))))
                .withMessageContaining("its beginning does not name this collection");
    }

    @Test
    void sixtyFourMegabytesAreEnough() throws IOException {
        try (TestProcess process = TestProcess.start(Map.of(), smallJvm())) {
            assertThat(process.awaitExit(Duration.ofMinutes(2)))
                    .as(String.join("\n", process.lines()))
                    .isZero();
            assertThat(process.lines()).anyMatch(line -> line.contains("read 2 fixtures"));
        }
    }

    private static List<String> smallJvm() {
        List<String> command = new ArrayList<>(TestProcess.javaCommand());
        // Of two the last one counts.
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), SmallReader.class.getName()));
        return command;
    }

    /** Reads fixtures whole, the document of almost 16 MiB included, and damaged ones, in a JVM of its own. */
    static final class SmallReader {

        private SmallReader() {}

        public static void main(String[] arguments) throws IOException {
            int read = 0;
            for (String name :
                    List.of("mongodb-4.4/kennel_fixture.archive.gz", "mongodb-5.0/kennel_fixture.archive.gz")) {
                try (ArchiveReader reader = ArchiveReader.open(new ByteArrayInputStream(Fixture.bytes(name)))) {
                    reader.readAll(new Nothing());
                    read++;
                }
            }
            Random random = new Random(4711);
            byte[] archive = Fixture.bytes(PLAIN);
            for (int flip = 0; flip < 100; flip++) {
                int at = random.nextInt(archive.length);
                archive[at] ^= 64;
                try (ArchiveReader reader = ArchiveReader.open(new ByteArrayInputStream(archive))) {
                    reader.readAll(new Nothing());
                } catch (DamagedArchiveException e) {
                    // As it should be.
                }
                archive[at] ^= 64;
            }
            System.out.println("read " + read + " fixtures");
        }
    }

    private static final class Nothing implements ArchiveVisitor {

        @Override
        public void documents(Namespace namespace, DocumentBatch batch) {
            // Of no interest.
        }

        @Override
        public void end(Namespace namespace, long documents) {
            // Of no interest.
        }
    }

    private static byte[] ours(Compression compression) throws IOException {
        MemoryOutput output = new MemoryOutput();
        CollectionSelection some = new CollectionSelection(List.of("d*", "m*", "case", "empty", "awesome*"), List.of());
        try (ArchiveSource source = ArchiveSource.open(new ByteArrayInputStream(Fixture.bytes(PLAIN)), some);
                ArchiveSink sink = new ArchiveSink(output, "5.0.0", compression, 1, 64)) {
            source.transferTo(sink);
            sink.complete();
        }
        return output.toByteArray();
    }

    private static Map<String, Fixture.Content> contents(byte[] archive) throws IOException {
        Fixture.Digests digests = new Fixture.Digests();
        try (InputStream stream = new ByteArrayInputStream(archive);
                ArchiveReader reader = ArchiveReader.open(stream)) {
            reader.readAll(digests);
        }
        return digests.contents();
    }

    private static byte[] archive(int concurrentCollections, List<String> collections, List<byte[]> blocks) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(new byte[] {0x6d, (byte) 0xe2, (byte) 0x99, (byte) 0x81});
        archive.writeBytes(bytes(new BsonDocument("concurrent_collections", new BsonInt32(concurrentCollections))
                .append("version", new BsonString("0.1"))
                .append("server_version", new BsonString("5.0.0"))
                .append("tool_version", new BsonString("x"))));
        collections.forEach(name -> archive.writeBytes(bytes(new BsonDocument("db", new BsonString("d"))
                .append("collection", new BsonString(name))
                .append("metadata", new BsonString("{}"))
                .append("size", new BsonInt32(0))
                .append("type", new BsonString("collection")))));
        archive.writeBytes(ArchiveFormat.TERMINATOR);
        blocks.forEach(archive::writeBytes);
        return archive.toByteArray();
    }

    private static byte[] end(String collection) {
        return concatenated(
                bytes(new BsonDocument("db", new BsonString("d"))
                        .append("collection", new BsonString(collection))
                        .append("EOF", BsonBoolean.TRUE)
                        .append("CRC", new BsonInt64(0))),
                ArchiveFormat.TERMINATOR);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] bytes(BsonDocument document) {
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
        }
        return buffer.toByteArray();
    }
}
