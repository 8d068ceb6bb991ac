package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;

import org.apache.commons.compress.archivers.zip.Zip64ExtendedInformationExtraField;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Zip files of more than 4 GB by programs that do not write the fields of zip64, as the Archive Utility of macOS. */
class LargeZipTests {

    private static final long FOUR_GIGABYTES = 1L << 32;

    private static final byte[] DOCUMENT = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 1, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    @Test
    void aZipFileOfMoreThanFourGigabytesWithoutZip64IsRefused() throws IOException {
        byte[] zip = DumpForm.zip(Map.of("kennel/dogs.bson", DOCUMENT), true, Zip64Mode.Never, "");
        int directory = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        Path file = folder.resolve("dump.zip");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.write(zip, 0, directory);
            large.seek(FOUR_GIGABYTES + directory);
            large.write(zip, directory, zip.length - directory);
        }

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> Dump.of(FileSource.of(file), DumpFormTests.LIMITS)
                        .orElseThrow()
                        .open())
                .withMessageContaining("it has more than 4 GB, but not the fields of zip64")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_FORMAT));
    }

    /** Compressed, such a file is often small. */
    @Test
    void theSizeOfAFileMayBeModuloFourGigabytes() throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry("dogs.bson");
        entry.setSize(14);
        entry.setCrc(checksumOfZeros(FOUR_GIGABYTES + 14));

        assertThat(length(entry, FOUR_GIGABYTES + 14)).isEqualTo(FOUR_GIGABYTES + 14);

        entry.setCrc(entry.getCrc() ^ 1);
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> length(entry, FOUR_GIGABYTES + 14))
                .withMessageContaining("its checksum differs");
    }

    @Test
    void otherSizesThatAreTooSmallAreRefused() {
        ZipArchiveEntry entry = new ZipArchiveEntry("dogs.bson");
        entry.setSize(14);
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> length(entry, 15))
                .withMessageContaining("it has more than the 14 bytes");
        entry.addExtraField(new Zip64ExtendedInformationExtraField());
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> length(entry, FOUR_GIGABYTES + 14))
                .withMessageContaining("it has more than the 14 bytes")
                .satisfies(e -> assertThat(e.offset()).isLessThan(FOUR_GIGABYTES));
    }

    private static long length(ZipArchiveEntry entry, long length) throws IOException {
        try (InputStream checked = new CheckedEntry(zeros(length), entry, "dogs.bson")) {
            byte[] buffer = new byte[1024 * 1024];
            long read = 0;
            for (int more = checked.read(buffer); more >= 0; more = checked.read(buffer)) {
                read += more;
            }
            return read;
        }
    }

    /** For buffers that have only zeros already. Writing them again would take most of the time. */
    private static InputStream zeros(long length) {
        return new BoundedStream(
                new InputStream() {
                    @Override
                    public int read() {
                        return 0;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int wanted) {
                        return wanted;
                    }
                },
                length);
    }

    private static long checksumOfZeros(long length) throws IOException {
        CRC32 checksum = new CRC32();
        try (InputStream zeros = zeros(length)) {
            byte[] buffer = new byte[1024 * 1024];
            for (int read = zeros.read(buffer); read >= 0; read = zeros.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        }
        return checksum.getValue();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; ; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
    }
}
