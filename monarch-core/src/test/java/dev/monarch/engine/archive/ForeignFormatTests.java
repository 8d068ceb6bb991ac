package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.github.luben.zstd.Zstd;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.transfer.CollectionDescription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Files in foreign formats are read, or recognized and not reported as damaged. */
class ForeignFormatTests {

    private static final byte[] ARCHIVE = Fixture.bytes("others/view-with-regex.archive");

    @Test
    void severalAndSkippableZstdFramesAreRead() throws IOException {
        byte[] skippable = {0x5E, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        byte[] first = Zstd.compress(Arrays.copyOf(ARCHIVE, 100));
        byte[] second = Zstd.compress(Arrays.copyOfRange(ARCHIVE, 100, ARCHIVE.length));

        assertThat(names(joined(skippable, first, skippable, Zstd.compress(new byte[0]), second, skippable)))
                .containsExactly("people", "a_people");
        assertThat(names(Fixture.bytes("others/pzstd.archive.zst"))).isNotEmpty();
    }

    @Test
    void aWindowOfTwoGigabytesIsReadOrRefusedForLackOfMemory() throws IOException {
        byte[] archive = Fixture.bytes("others/long31.archive.zst");
        try {
            assertThat(names(archive)).isNotEmpty();
        } catch (OperationRefusedException e) {
            assertThat(e).hasMessageContaining("zstd with a long window");
        }
    }

    @Test
    void aWindowThatExceedsTheMemoryIsNotReportedAsDamage() throws IOException {
        byte[] archive = Fixture.bytes("others/long31.archive.zst");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() ->
                        ZstdStream.of(new ByteArrayInputStream(archive), 27).readAllBytes())
                .withMessageContaining("needs more memory outside the heap than the 128 MB that are available")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ZSTD_WINDOW));
    }

    @Test
    void theMessageNamesTheFormatOfAForeignFile() throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);

        assertRefused(zip(), "it is a zip file, which Monarch cannot read");
        assertRefused(tar, "it is a tar file");
        assertRefused(gzip(tar), "it is a tar file");
        assertRefused(bson(), "it is a BSON file of one collection");
        assertRefused(gzip(bson()), "it is a BSON file of one collection");
        assertRefused(new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0, 0, 0}, "it is compressed with xz");
        assertRefused(new byte[] {0x1F, (byte) 0x9D, (byte) 0x90, 0}, "it is compressed with compress");
        assertRefused("Rar!\u001A\7\1\0".getBytes(StandardCharsets.ISO_8859_1), "it is a RAR file");
        assertRefused(
                "\u00FF\6\0\0S2sTwO".getBytes(StandardCharsets.ISO_8859_1),
                "it is compressed with s2, which Monarch cannot read");
        assertRefused("Salted__12345678".getBytes(StandardCharsets.US_ASCII), "it is encrypted with OpenSSL");
        assertRefused("{\"a\": 1}".getBytes(StandardCharsets.UTF_8), "it is JSON, as mongoexport writes it");
        assertRefused("[\n{\"_id\":1}]".getBytes(StandardCharsets.UTF_8), "it is JSON");
    }

    @Test
    void anUnknownFormatIsRefused() {
        for (byte[] bytes : List.of(new byte[0], new byte[] {1}, "a: 1".getBytes(StandardCharsets.UTF_8))) {
            assertThatExceptionOfType(DamagedArchiveException.class)
                    .isThrownBy(() -> ArchiveReader.open(new ByteArrayInputStream(bytes)));
        }
    }

    private static void assertRefused(byte[] bytes, String reason) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> ArchiveReader.open(new ByteArrayInputStream(bytes)))
                .withMessageContaining(reason);
    }

    private static List<String> names(byte[] archive) throws IOException {
        try (ArchiveSource source = ArchiveSource.openAll(new ByteArrayInputStream(archive))) {
            return source.catalogue().collections().stream()
                    .map(CollectionDescription::name)
                    .toList();
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] bson() {
        BsonDocument document = new BsonDocument("_id", new BsonInt32(1));
        return new RawBsonDocument(document, new BsonDocumentCodec())
                .getByteBuffer()
                .array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("dump/kennel/dogs.bson"));
            zip.write(bson());
        }
        return packed.toByteArray();
    }
}
