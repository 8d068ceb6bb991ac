package dev.monarch.engine.dump;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import com.github.luben.zstd.Zstd;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.engine.archive.DumpReader;
import dev.monarch.engine.archive.Fixture;
import dev.monarch.engine.archive.Fixture.Content;

import static org.assertj.core.api.Assertions.assertThat;

/** A damaged dump is refused or yields the same documents, as far as its format can tell. */
class DamagedDumpTests {

    private static final int FLIPS = 20 * Integer.getInteger("monarch.proof.flips", 50);

    private static final long SEED = Long.getLong("monarch.proof.seed", 20_261_127);

    @TempDir
    private Path folder;

    /** The bytes of a file in memory. */
    private record Bytes(byte[] bytes) implements ByteSource {

        @Override
        public String name() {
            return "dump";
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open(long offset, long length) {
            return new ByteArrayInputStream(bytes, (int) offset, (int) Math.min(length, bytes.length - offset));
        }
    }

    /** Small collections: names, options and some documents. */
    private static Map<String, byte[]> small() throws IOException {
        Map<String, byte[]> files = new TreeMap<>(DumpForm.fixture("mongodb-4.4"));
        files.values().removeIf(content -> content.length > 3000);
        files.keySet()
                .retainAll(files.keySet().stream()
                        .filter(name -> files.containsKey(name.replace(".bson", ".metadata.json"))
                                && (name.endsWith(".bson")
                                        || files.containsKey(name.replace(".metadata.json", ".bson"))))
                        .limit(12)
                        .toList());
        return DumpForm.under("dump/kennel/", files);
    }

    @Test
    void aDumpThatIsCutOffAtAnyByteIsRefused() throws IOException {
        byte[] tar = DumpForm.tar(small(), TarArchiveOutputStream.LONGFILE_POSIX);
        cut(DumpForm.zip(small(), true, Zip64Mode.Never, ""));
        cut(DumpForm.zip(small(), true, Zip64Mode.Always, ""));
        cut(DumpForm.gzip(tar));
        cut(Zstd.compress(tar));
        // A tar file ends with empty blocks; one is enough.
        int end = tar.length;
        while (tar[end - 1] == 0) {
            end--;
        }
        int last = (end + 511) / 512 * 512;
        Map<String, Content> truth = read(tar);
        for (int length = 512; length < last; length++) {
            assertThat(isRefused(Arrays.copyOf(tar, length)))
                    .as("%s bytes of the tar file", length)
                    .isTrue();
        }
        assertThat(read(Arrays.copyOf(tar, last + 512))).isEqualTo(truth);
    }

    private static void cut(byte[] whole) {
        for (int length = 4; length < whole.length; length++) {
            assertThat(isRefused(Arrays.copyOf(whole, length)))
                    .as("%s bytes", length)
                    .isTrue();
        }
    }

    @Test
    void aFileThatIsCutOffAtAnyByteIsRefusedWithItsName() throws IOException {
        byte[] documents =
                Objects.requireNonNull(DumpForm.fixture("mongodb-4.4").get("all_types.bson"));
        Path file = Files.createDirectories(folder.resolve("kennel")).resolve("all.bson.gz");
        byte[] compressed = DumpForm.gzip(documents);
        for (int length = 0; length < compressed.length; length++) {
            Files.write(file, Arrays.copyOf(compressed, length));
            assertRefused(length);
        }
        Files.delete(file);
        Set<Integer> ends = new HashSet<>(Set.of(0));
        for (int at = 0; at < documents.length; at += documents[at] & 0xFF | (documents[at + 1] & 0xFF) << 8) {
            ends.add(at);
        }
        for (int length = 0; length < documents.length; length++) {
            Files.write(folder.resolve("kennel/all.bson"), Arrays.copyOf(documents, length));
            // Between two documents, nothing tells that a file of a directory is cut off.
            if (!ends.contains(length)) {
                assertRefused(length);
            }
        }
    }

    private void assertRefused(int length) {
        try (DumpReader reader = Dump.ofFolder(folder, DumpFormTests.LIMITS).open()) {
            reader.readAll(new Fixture.Digests());
            throw new AssertionError(length + " bytes pass for the whole file");
        } catch (DamagedArchiveException e) {
            assertThat(e.file()).startsWith("kennel/all.bson");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bytesAfterAZipFileAreIgnored() throws IOException {
        byte[] zip = DumpForm.zip(small(), true, Zip64Mode.Never, "");
        assertThat(read(Arrays.copyOf(zip, zip.length + 3))).isEqualTo(read(zip));
    }

    @Test
    void flippedBitsAreRefusedOrHaveNoEffect() throws IOException {
        byte[] tar = DumpForm.tar(small(), TarArchiveOutputStream.LONGFILE_GNU);
        for (byte[] whole : new byte[][] {
            DumpForm.zip(small(), true, Zip64Mode.Never, ""),
            DumpForm.zip(small(), false, Zip64Mode.Always, ""),
            DumpForm.gzip(tar)
        }) {
            flip(whole, FLIPS);
        }
        // Each stream of bzip2 needs much memory.
        flip(
                DumpForm.compressed(
                        Map.of(
                                "kennel/all_types.bson",
                                Objects.requireNonNull(small().get("dump/kennel/all_types.bson"))),
                        ZipMethod.BZIP2,
                        bytes -> new BZip2CompressorOutputStream(bytes, BZip2CompressorOutputStream.MIN_BLOCKSIZE)),
                FLIPS / 5);
        // A tar file has no checksums of its contents: a value may differ, but nothing else happens.
        Random random = new Random(SEED);
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = tar.clone();
            damaged[random.nextInt(tar.length)] ^= (byte) (1 << random.nextInt(8));
            readOrRefused(damaged);
        }
    }

    private static void flip(byte[] whole, int times) throws IOException {
        Map<String, Content> truth = read(whole);
        Random random = new Random(SEED);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(whole.length);
            byte before = whole[at];
            whole[at] ^= (byte) (1 << random.nextInt(8));
            readOrRefused(whole)
                    .ifPresent(found -> assertThat(found)
                            .as("byte %s of %s, seed %s", at, whole.length, SEED)
                            .isEqualTo(truth));
            whole[at] = before;
        }
    }

    /** With a valid checksum, every value of a header reaches the library. */
    @Test
    void anyValueInAHeaderOfATarFileIsReadOrRefused() throws IOException {
        for (int names : new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
            byte[] tar = DumpForm.tar(
                    Map.of("x".repeat(200) + "/dogs.bson", new byte[0], "ä/cats.bson", new byte[0]), names);
            Random random = new Random(SEED);
            for (int i = 0; i < FLIPS; i++) {
                byte[] changed = tar.clone();
                int header = 512 * random.nextInt(tar.length / 512);
                for (int j = random.nextInt(1, 5); j > 0; j--) {
                    changed[header + random.nextInt(512)] = (byte) random.nextInt(256);
                }
                long sum = 8 * ' ';
                for (int at = 0; at < 512; at++) {
                    sum += at < 148 || at > 155 ? changed[header + at] & 0xFF : 0;
                }
                byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(digits, 0, changed, header + 148, digits.length);
                readOrRefused(changed);
            }
        }
    }

    private static boolean isRefused(byte[] bytes) {
        return readOrRefused(bytes).isEmpty();
    }

    private static Optional<Map<String, Content>> readOrRefused(byte[] bytes) {
        try {
            return Optional.of(read(bytes));
        } catch (DamagedArchiveException | OperationRefusedException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Content> read(byte[] bytes) {
        Fixture.Digests digests = new Fixture.Digests();
        try {
            Optional<Dump> dump = Dump.of(new Bytes(bytes), DumpFormTests.LIMITS);
            if (dump.isEmpty()) {
                throw new DamagedArchiveException(null, 0, "it is not a dump", null);
            }
            try (DumpReader reader = dump.get().open()) {
                reader.readAll(digests);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digests.contents();
    }
}
