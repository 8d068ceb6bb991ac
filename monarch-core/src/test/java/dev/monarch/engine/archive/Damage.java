package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.archive.Compression;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;

/**
 * Damages an archive in several ways and reads the result.
 *
 * <p>A damaged archive is refused or gives exactly the documents of the whole one; everything else is an {@link
 * AssertionError}. It keeps only checksums, so it needs little memory.
 */
final class Damage {

    /** Every prefix up to this length is tested. */
    private static final int BEGINNING = 2_000;

    /** The maximum bytes of documents per collection in a small fixture, except the last document. */
    private static final int SMALL = 500;

    private final String name;

    private final byte[] archive;

    private final Map<String, Long> truth;

    private final AtomicInteger refused = new AtomicInteger();

    private final AtomicInteger equal = new AtomicInteger();

    Damage(String name, byte[] archive) {
        this.name = name;
        this.archive = archive;
        this.truth = read(archive, archive.length);
    }

    /** The fixtures, in all compressions. */
    static List<Damage> ofFixtures() {
        byte[] plain = Fixture.bytes("mongodb-5.0/kennel_fixture-without-big.archive");
        return List.of(
                new Damage("mongodump 5.0, plain", plain),
                new Damage("mongodump 5.0, gzip", Fixture.bytes("mongodb-5.0/kennel_fixture.archive.gz")),
                new Damage("mongodump 4.4, gzip", Fixture.bytes("mongodb-4.4/kennel_fixture.archive.gz")),
                new Damage("ours, plain", rewritten(plain, Compression.NONE, Integer.MAX_VALUE)),
                new Damage("ours, gzip", rewritten(plain, Compression.GZIP, Integer.MAX_VALUE)),
                new Damage("ours, zstd", rewritten(plain, Compression.ZSTD, Integer.MAX_VALUE)));
    }

    /** Fixtures with all collections, but only the first documents of each. */
    static List<Damage> ofSmallFixtures() {
        byte[] plain = Fixture.bytes("mongodb-5.0/kennel_fixture-without-big.archive");
        return Stream.of(Compression.values())
                .map(compression -> new Damage("small, " + compression, rewritten(plain, compression, SMALL)))
                .toList();
    }

    private static byte[] rewritten(byte[] archive, Compression compression, int longest) {
        MemoryOutput output = new MemoryOutput();
        try (ArchiveSource source = ArchiveSource.open(new ByteArrayInputStream(archive), CollectionSelection.ALL);
                ArchiveSink sink = new ArchiveSink(output, "5.0.0", compression, 1, 64)) {
            source.transferTo(new FirstDocuments(sink, longest));
            sink.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.toByteArray();
    }

    /** Truncates the archive: at each byte of the beginning, then at regular steps. Uses the common pool. */
    Damage truncate(int step) {
        int beginning = (int) Math.min(archive.length, Math.min(BEGINNING, step * 50L));
        int further = (archive.length - beginning + step - 1) / step;
        IntStream.range(0, beginning + further)
                .parallel()
                .map(cut -> cut < beginning ? cut : beginning + (cut - beginning) * step)
                .forEach(this::truncateAfter);
        return this;
    }

    private void truncateAfter(int length) {
        if (check(archive, length, "cut off after " + length + " bytes")) {
            throw new AssertionError(name + ": its first " + length + " bytes pass for the whole");
        }
    }

    /** Flips single bits. */
    Damage flip(int flips, long seed) {
        Random random = new Random(seed);
        for (int flip = 0; flip < flips; flip++) {
            int at = random.nextInt(archive.length);
            byte before = archive[at];
            archive[at] ^= (byte) (1 << random.nextInt(8));
            check(archive, archive.length, "byte " + at + " changed, seed " + seed);
            archive[at] = before;
        }
        return this;
    }

    /** Overwrites the type of each document in a field with one that does not exist. Without compression, it is visible. */
    Damage overwriteTypes(String field) {
        byte[] name = ('\3' + field + '\0').getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + name.length <= archive.length; at++) {
            if (Arrays.equals(archive, at, at + name.length, name, 0, name.length)) {
                archive[at] = (byte) 0x83;
                check(archive, archive.length, "type at " + at);
                archive[at] = name[0];
            }
        }
        return this;
    }

    /** Overwrites four bytes with a wrong length. */
    Damage overwriteLengths(int lies, long seed) {
        Random random = new Random(seed);
        int[] lengths = {Integer.MIN_VALUE, -2, -1, 0, 4, 5, 255, 16 * 1024 * 1024, 17 * 1024 * 1024, Integer.MAX_VALUE
        };
        for (int overwriteLengths = 0; overwriteLengths < lies; overwriteLengths++) {
            int at = random.nextInt(archive.length - 4);
            byte[] before = Arrays.copyOfRange(archive, at, at + 4);
            int length = lengths[random.nextInt(lengths.length)];
            for (int i = 0; i < 4; i++) {
                archive[at + i] = (byte) (length >>> 8 * i);
            }
            check(archive, archive.length, "length " + length + " at " + at + ", seed " + seed);
            System.arraycopy(before, 0, archive, at, 4);
        }
        return this;
    }

    /** Tells whether the changed archive is accepted as complete. */
    private boolean check(byte[] damaged, int length, String how) {
        try {
            Map<String, Long> found = read(damaged, length);
            if (!found.equals(truth)) {
                throw new AssertionError(name + ", " + how + ": " + found + " instead of " + truth);
            }
            equal.incrementAndGet();
            return true;
        } catch (DamagedArchiveException | OperationRefusedException e) {
            // The other one, if a changed name makes two databases of one.
            refused.incrementAndGet();
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name + ", " + how, e);
        }
    }

    /** Reads as a restore does: the name of each ended collection, and a checksum of its documents. */
    static Map<String, Long> read(byte[] archive, int length) {
        Map<String, Long> ended = new HashMap<>();
        try (ArchiveSource source =
                ArchiveSource.open(new ByteArrayInputStream(archive, 0, length), CollectionSelection.ALL)) {
            source.transferTo(new Checksums(ended));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ended.values().removeIf(checksum -> checksum == 0);
        return ended;
    }

    int refused() {
        return refused.get();
    }

    @Override
    public String toString() {
        return name + " (" + archive.length + " bytes): " + refused + " refused, " + equal + " equal";
    }

    /** Computes a checksum of each collection. */
    private record Checksums(Map<String, Long> ended) implements TransferSink {

        @Override
        public void begin(Catalogue catalogue) {}

        @Override
        public CollectionSink collection(CollectionDescription collection) {
            CRC32 checksum = new CRC32();
            return new CollectionSink() {

                @Override
                public void documents(DocumentBatch batch) {
                    checksum.update(batch.bytes(), 0, batch.length());
                }

                @Override
                public void restart() {
                    throw new AssertionError("An archive does not begin again");
                }

                @Override
                public void end() {
                    ended.put(collection.name(), checksum.getValue());
                }
            };
        }
    }

    /** Forwards the beginning of every batch. */
    private record FirstDocuments(TransferSink to, int longest) implements TransferSink {

        @Override
        public void begin(Catalogue catalogue) {
            to.begin(catalogue);
        }

        @Override
        public CollectionSink collection(CollectionDescription collection) {
            CollectionSink sink = to.collection(collection);
            return new CollectionSink() {

                @Override
                public void documents(DocumentBatch batch) {
                    ByteBuffer bytes = ByteBuffer.wrap(batch.bytes()).order(ByteOrder.LITTLE_ENDIAN);
                    int at = 0;
                    int documents = 0;
                    while (at < Math.min(longest, batch.length())) {
                        at += bytes.getInt(at);
                        documents++;
                    }
                    sink.documents(new DocumentBatch(batch.bytes(), at, documents));
                }

                @Override
                public void restart() {
                    sink.restart();
                }

                @Override
                public void end() {
                    sink.end();
                }
            };
        }
    }
}
