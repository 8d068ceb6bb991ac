package dev.monarch.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.DamagedArchiveException;
import dev.monarch.transfer.DocumentBatch;
import dev.monarch.transfer.Namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What is written is what mongodump would have written. */
class ArchiveWriterTests {

    private static final ArchiveHeader HEADER = new ArchiveHeader("0.1", "5.0.0", "monarch");

    private static final Namespace DC = new Namespace("d", "c");

    private static final byte[] ONE = HexFormat.of().parseHex("0e000000105f6964000100000000");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void theHeadsOfBlocksAreThoseOfMongodumpToTheByte() throws IOException {
        ArchiveWriter writer = writer(1, DC);
        int start = output.size();

        writer.documents(DC, new DocumentBatch(ONE, ONE.length, 1));
        writer.end(DC);
        writer.complete();

        assertThat(HexFormat.of().formatHex(output.toByteArray(), start, output.size()))
                .isEqualTo("340000000264620002000000640002636f6c6c656374696f6e0002000000630008454f4600001243524300"
                        + "000000000000000000" + "0e000000105f6964000100000000" + "ffffffff"
                        + "340000000264620002000000640002636f6c6c656374696f6e0002000000630008454f4600011243524300"
                        + "fe59446a4361eaf300" + "ffffffff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb-4.4/kennel_fixture.archive.gz",
                "mongodb-5.0/kennel_fixture.archive.gz",
                "mongodb-5.0/kennel_fixture-without-big.archive"
            })
    void anArchiveThatIsReadAndWrittenIsTheSame(String fixture) throws IOException {
        Fixture.Digests before = new Fixture.Digests();
        List<ArchivedCollection> collections;
        ArchiveHeader header;
        try (ArchiveReader reader = ArchiveReader.open(new ByteArrayInputStream(Fixture.bytes(fixture)))) {
            header = reader.header();
            collections = reader.collections();
            ArchiveWriter writer = new ArchiveWriter(output, header, 64, collections);
            reader.readAll(new Copying(before, writer));
            writer.complete();
        }

        Fixture.Digests after = new Fixture.Digests();
        try (ArchiveReader reader = ArchiveReader.open(new ByteArrayInputStream(output.toByteArray()))) {
            assertThat(reader.header()).isEqualTo(header);
            assertThat(reader.collections()).isEqualTo(collections);
            reader.readAll(after);
        }
        assertThat(after.contents()).isEqualTo(before.contents());
    }

    @Test
    void anEmptyCollectionHasABlockAndAnEnd() throws IOException {
        ArchiveWriter writer = writer(1, DC);
        writer.end(DC);
        writer.complete();

        Fixture.Digests digests = new Fixture.Digests();
        try (ArchiveReader reader = ArchiveReader.open(new ByteArrayInputStream(output.toByteArray()))) {
            reader.readAll(digests);
        }
        assertThat(digests.ended()).containsEntry("c", 0L);
    }

    @Test
    void whatMongorestoreWouldNotReadIsNotWritten() throws IOException {
        Namespace other = new Namespace("d", "other");
        ArchiveWriter writer = writer(1, DC, other);
        DocumentBatch batch = new DocumentBatch(ONE, ONE.length, 1);

        assertThatIllegalStateException().isThrownBy(() -> writer.documents(new Namespace("d", "unknown"), batch));
        writer.documents(DC, batch);
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.documents(other, batch))
                .withMessage("'d.other' would be more than 1 open collections");
        writer.end(DC);
        assertThatIllegalStateException().isThrownBy(() -> writer.documents(DC, batch));
        assertThatIllegalStateException()
                .isThrownBy(writer::complete)
                .withMessage("These collections have not ended: [d.other]");
    }

    @Test
    void anArchiveThatEndsBetweenTwoBlocksIsNoWholeOne() throws IOException {
        writer(1, DC).documents(DC, new DocumentBatch(ONE, ONE.length, 1));

        assertThatDamagedFrom(output.toByteArray()).withMessageContaining("it ends before this collection does");
    }

    @Test
    void noBlockMayComeAfterTheEndOfItsCollection() throws IOException {
        ArchiveWriter writer = writer(1, DC);
        int start = output.size();
        writer.end(DC);
        output.write(output.toByteArray(), start, output.size() - start);

        assertThatDamagedFrom(output.toByteArray())
                .withMessageContaining("there is more of a collection that had ended");
    }

    @Test
    void noBlockMayBeOfACollectionThatTheBeginningDoesNotName() throws IOException {
        ArchiveWriter writer = writer(1, new Namespace("d", "x"));
        writer.end(new Namespace("d", "x"));
        byte[] archive = output.toByteArray();
        // The last "x" is the name in the last block.
        int name = archive.length - 1;
        while (archive[name] != 'x') {
            name--;
        }
        archive[name] = 'y';

        assertThatDamagedFrom(archive)
                .withMessageContaining("in collection 'd.y': its beginning does not name this collection");
    }

    private static ThrowableAssertAlternative<DamagedArchiveException> assertThatDamagedFrom(byte[] archive) {
        return assertThatExceptionOfType(DamagedArchiveException.class).isThrownBy(() -> {
            try (ArchiveReader reader = ArchiveReader.open(new ByteArrayInputStream(archive))) {
                reader.readAll(new Fixture.Digests());
            }
        });
    }

    private ArchiveWriter writer(int concurrentCollections, Namespace... namespaces) throws IOException {
        return new ArchiveWriter(
                output,
                HEADER,
                concurrentCollections,
                List.of(namespaces).stream()
                        .map(namespace -> new ArchivedCollection(namespace, "{}", "collection"))
                        .toList());
    }

    private record Copying(ArchiveVisitor first, ArchiveWriter writer) implements ArchiveVisitor {

        @Override
        public void documents(Namespace namespace, DocumentBatch batch) {
            first.documents(namespace, batch);
            try {
                writer.documents(namespace, batch);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void end(Namespace namespace, long documents) {
            first.end(namespace, documents);
            try {
                writer.end(namespace);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
