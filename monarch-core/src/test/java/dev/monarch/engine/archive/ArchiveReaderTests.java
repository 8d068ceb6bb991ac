package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.DamagedArchiveException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Archives of mongodump are read completely, and damage is detected. */
class ArchiveReaderTests {

    private static final String PLAIN = "mongodb-5.0/kennel_fixture-without-big.archive";

    private static final int FLIPS = 100;

    @ParameterizedTest
    @CsvSource({"mongodb-4.4, 4.4.6", "mongodb-5.0, 5.0.0-rc4"})
    void allCollectionsOfTheServerAreRead(String folder, String version) throws IOException {
        Fixture.Digests digests = new Fixture.Digests();
        try (ArchiveReader reader = open(Fixture.bytes(folder + "/kennel_fixture.archive.gz"))) {
            assertThat(reader.header().version()).isEqualTo("0.1");
            assertThat(reader.header().serverVersion()).isEqualTo(version);
            reader.readAll(digests);
        }

        assertThat(digests.contents()).containsAllEntriesOf(Fixture.expected(folder));
    }

    @Test
    void anUncompressedArchiveIsRead() throws IOException {
        Map<String, Fixture.Content> expected = new HashMap<>(Fixture.expected("mongodb-5.0"));
        expected.remove("big");

        assertThat(read(new ByteArrayInputStream(Fixture.bytes(PLAIN))).contents())
                .containsAllEntriesOf(expected);
    }

    @Test
    void everyCollectionInTheHeaderHasEnded() throws IOException {
        try (ArchiveReader reader = open(Fixture.bytes(PLAIN))) {
            Fixture.Digests digests = new Fixture.Digests();
            reader.readAll(digests);

            assertThat(reader.collections())
                    .extracting(collection -> collection.type().equals("timeseries")
                            ? "system.buckets." + collection.namespace().collection()
                            : collection.namespace().collection())
                    .containsExactlyInAnyOrderElementsOf(digests.ended().keySet());
            assertThat(reader.collections())
                    .filteredOn(
                            collection -> collection.namespace().collection().equals("dogs"))
                    .singleElement()
                    .satisfies(dogs -> assertThat(dogs.metadata()).contains("\"indexes\""));
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "1000"})
    void readsMayReturnFewerBytesThanRequested(int portion) throws IOException {
        byte[] archive = Fixture.bytes("mongodb-5.0/kennel_fixture.archive.gz");
        byte[] part = portion == 1 ? Fixture.bytes(PLAIN) : archive;

        assertThat(read(new Portions(part, portion)).contents())
                .isEqualTo(read(new ByteArrayInputStream(part)).contents());
    }

    @Test
    void aTruncatedArchiveIsRefused() {
        byte[] archive = Fixture.bytes(PLAIN);
        for (int length = 0; length < archive.length; length += length < 1_000 ? 1 : 9_973) {
            byte[] prefix = Arrays.copyOf(archive, length);
            assertThatExceptionOfType(DamagedArchiveException.class)
                    .as("the first %d bytes", length)
                    .isThrownBy(() -> read(new ByteArrayInputStream(prefix)));
        }
    }

    @Test
    void aTruncatedCompressedArchiveIsRefused() {
        byte[] archive = Fixture.bytes("mongodb-5.0/kennel_fixture.archive.gz");
        for (int length = 0; length < archive.length; length += length < 100 ? 1 : 29_989) {
            byte[] prefix = Arrays.copyOf(archive, length);
            assertThatExceptionOfType(DamagedArchiveException.class)
                    .as("the first %d bytes", length)
                    .isThrownBy(() -> read(new ByteArrayInputStream(prefix)));
        }
    }

    @Test
    void aChangedByteIsDetectedOrChangesNoDocument() throws IOException {
        byte[] archive = Fixture.bytes(PLAIN);
        Map<String, Fixture.Content> truth =
                read(new ByteArrayInputStream(archive)).contents();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int noticed = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            int at = random.nextInt(archive.length);
            byte[] flipped = archive.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(read(new ByteArrayInputStream(flipped)).contents())
                        .as("seed %d, byte %d", seed, at)
                        .isEqualTo(truth);
            } catch (DamagedArchiveException e) {
                noticed++;
            }
        }
        assertThat(noticed).as("damaged archives detected with seed %d", seed).isGreaterThan(FLIPS * 9 / 10);
    }

    @Test
    void damageIsReportedWithItsCollectionAndOffset() {
        byte[] archive = Fixture.bytes(PLAIN);
        archive[archive.length / 2] ^= 1;

        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> read(new ByteArrayInputStream(archive)))
                .satisfies(e -> assertThat(e.namespace()).startsWith("kennel_fixture."))
                .satisfies(e -> assertThat(e.offset()).isBetween(archive.length / 2L, (long) archive.length))
                .withMessageContaining("The archive is damaged at byte");
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> read(new ByteArrayInputStream("PK and more".getBytes(StandardCharsets.US_ASCII))))
                .withMessage(
                        "The archive is damaged at byte 0: it does not begin with the magic number of a mongodump archive.");
    }

    private static ArchiveReader open(byte[] archive) {
        return ArchiveReader.open(new ByteArrayInputStream(archive));
    }

    private static Fixture.Digests read(InputStream archive) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            Fixture.Digests digests = new Fixture.Digests();
            reader.readAll(digests);
            return digests;
        }
    }

    /** Returns a few bytes at a time, and never reports more as available. */
    private static final class Portions extends ByteArrayInputStream {

        private final int portion;

        Portions(byte[] bytes, int portion) {
            super(bytes);
            this.portion = portion;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, portion));
        }

        @Override
        public synchronized int available() {
            return 0;
        }
    }
}
