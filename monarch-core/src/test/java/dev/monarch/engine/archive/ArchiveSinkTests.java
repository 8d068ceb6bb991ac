package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.MongoInterruptedException;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.awaitility.Awaitility;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.DamagedArchiveException;
import dev.monarch.archive.ArchiveOutput;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.archive.Compression;
import dev.monarch.engine.Sha256;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The archive has the format of mongodump, in frames that can be read separately. */
class ArchiveSinkTests {

    private static final byte[] ONE = HexFormat.of().parseHex("0e000000105f6964000100000000");

    private static final CollectionDescription C = description("c");

    private final MemoryOutput output = new MemoryOutput();

    @Test
    void blockHeadersEqualThoseOfMongodump() {
        try (ArchiveSink sink = sink(Compression.NONE, 1, C)) {
            sink.collection(C).documents(one());
            sink.collection(C).end();
            ArchiveContents contents = sink.complete();

            int start = (int) contents.beginning().length();
            byte[] archive = output.toByteArray();
            assertThat(HexFormat.of().formatHex(archive, start, archive.length))
                    .isEqualTo("340000000264620002000000640002636f6c6c656374696f6e0002000000630008454f4600001243524300"
                            + "000000000000000000" + "0e000000105f6964000100000000" + "ffffffff"
                            + "340000000264620002000000640002636f6c6c656374696f6e0002000000630008454f4600011243524300"
                            + "fe59446a4361eaf300" + "ffffffff");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.monarch.engine.archive.Fixture#archives")
    void anArchiveIsTheSameAfterReadingAndWriting(String fixture) throws IOException {
        Catalogue catalogue;
        try (ArchiveSource source =
                        ArchiveSource.open(new ByteArrayInputStream(Fixture.bytes(fixture)), CollectionSelection.ALL);
                ArchiveSink sink = new ArchiveSink(output, "5.0.0", Compression.best(), 2, 64)) {
            catalogue = source.catalogue();
            source.transferTo(sink);
            sink.complete();
        }

        try (ArchiveSource source = ArchiveSource.open(output.contents(), CollectionSelection.ALL)) {
            assertThat(source.catalogue()).isEqualTo(catalogue);
        }
        assertThat(read(output.toByteArray()).contents())
                .isEqualTo(read(Fixture.bytes(fixture)).contents());
    }

    @ParameterizedTest
    @EnumSource
    void everyFrameCanBeReadSeparately(Compression compression) throws IOException {
        ArchiveContents contents;
        try (ArchiveSink sink = sink(compression, 2, C, description("d"))) {
            for (CollectionDescription each : List.of(C, description("d"))) {
                for (int batch = 0; batch < 5; batch++) {
                    sink.collection(each).documents(batch(batch * 1_000, 1_000));
                }
                sink.collection(each).end();
            }
            contents = sink.complete();
        }

        byte[] archive = output.toByteArray();
        assertThat(contents.length()).isEqualTo(archive.length);
        assertThat(contents.sha256())
                .isEqualTo(HexFormat.of().formatHex(Sha256.begin().digest(archive)));
        for (ArchivedTotals totals : contents.collections()) {
            assertThat(totals.documents()).isEqualTo(5_000);
            assertThat(totals.frames()).hasSize(5);
            for (ArchiveFrame frame : totals.frames()) {
                byte[] part =
                        Arrays.copyOfRange(archive, (int) frame.offset(), (int) (frame.offset() + frame.length()));
                byte[] plain =
                        Decompressor.decompress(new ByteArrayInputStream(part)).readAllBytes();
                assertThat(plain).hasSizeGreaterThan(14_000).endsWith(0xff, 0xff, 0xff, 0xff);
            }
        }
        assertThat(read(archive).ended()).containsEntry("c", 5_000L).containsEntry("d", 5_000L);
    }

    @ParameterizedTest
    @EnumSource
    void aRestartedCollectionHasOnlyItsNewDocumentsInTheArchive(Compression compression) throws IOException {
        try (ArchiveSink sink = sink(compression, 2, C, description("d"))) {
            CollectionSink c = sink.collection(C);
            CollectionSink d = sink.collection(description("d"));
            c.documents(batch(0, 1_000));
            d.documents(batch(0, 10));
            c.documents(batch(1_000, 1_000));
            c.restart();
            d.documents(batch(10, 10));
            c.documents(batch(0, 3));
            c.end();
            d.end();
            ArchiveContents contents = sink.complete();

            byte[] archive = output.toByteArray();
            assertThat(contents.length()).isEqualTo(archive.length);
            assertThat(contents.sha256())
                    .isEqualTo(HexFormat.of().formatHex(Sha256.begin().digest(archive)));
            ArchiveFrame last = contents.collections().get(0).frames().get(0);
            byte[] part = Arrays.copyOfRange(archive, (int) last.offset(), (int) (last.offset() + last.length()));
            assertThat(Decompressor.decompress(new ByteArrayInputStream(part)).readAllBytes())
                    .hasSize(52 + 3 * ONE.length + 4);
            assertThat(read(archive).ended()).containsEntry("c", 3L).containsEntry("d", 20L);
        }
    }

    @Test
    void manyThreadsCanWriteAtTheSameTime() throws IOException {
        List<CollectionDescription> many = IntStream.range(0, 8)
                .mapToObj(number -> description("c" + number))
                .toList();
        try (ArchiveSink sink = sink(Compression.best(), 8, many.toArray(CollectionDescription[]::new))) {
            CompletableFuture.allOf(many.stream()
                            .map(each -> CompletableFuture.runAsync(() -> {
                                for (int batch = 0; batch < 20; batch++) {
                                    sink.collection(each).documents(batch(batch * 100, 100));
                                }
                                sink.collection(each).end();
                            }))
                            .toArray(CompletableFuture[]::new))
                    .join();
            sink.complete();
        }

        assertThat(read(output.toByteArray()).ended().values()).hasSize(8).containsOnly(2_000L);
    }

    @Test
    void anEmptyCollectionHasABlockAndAnEndMarker() throws IOException {
        try (ArchiveSink sink = sink(Compression.NONE, 1, C)) {
            sink.collection(C).end();
            sink.complete();
        }

        assertThat(read(output.toByteArray()).ended()).containsEntry("c", 0L);
    }

    @Test
    void everyWriterGetsTheFailureOfTheOutput() {
        MemoryOutput small = new MemoryOutput(100_000);
        try (ArchiveSink sink = new ArchiveSink(small, "5.0.0", Compression.NONE, 2, 1)) {
            sink.begin(new Catalogue("d", List.of(C)));
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> {
                        for (int batch = 0; batch < 1_000; batch++) {
                            sink.collection(C).documents(batch(0, 1_000));
                        }
                    })
                    .withMessageContaining("no room left");
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> sink.collection(C).documents(one()));
        }
    }

    @Test
    void closingTheSinkEndsWaitingWriters() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        ArchiveOutput stuck = new StuckOutput(writing);
        ArchiveSink sink = new ArchiveSink(stuck, "5.0.0", Compression.NONE, 1, 4);
        List<CollectionDescription> many = IntStream.range(0, 4)
                .mapToObj(number -> description("c" + number))
                .toList();
        sink.begin(new Catalogue("d", many));
        List<CompletableFuture<Void>> writers = many.stream()
                .map(each -> CompletableFuture.runAsync(
                        () -> {
                            while (true) {
                                sink.collection(each).documents(one());
                            }
                        },
                        task -> new Thread(task).start()))
                .toList();
        writing.await();

        assertThat(CompletableFuture.runAsync(sink::close)).succeedsWithin(Duration.ofSeconds(5));

        for (CompletableFuture<Void> writer : writers) {
            assertThat(writer)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void anArchiveWithAnInterruptedWriterCannotBeCompleted() {
        try (ArchiveSink sink = sink(Compression.NONE, 1, C)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(MongoInterruptedException.class)
                    .isThrownBy(() -> sink.collection(C).documents(one()));
            assertThat(Thread.interrupted()).isTrue();

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> sink.collection(C).end());
            assertThatIllegalStateException().isThrownBy(sink::complete);
        }
    }

    @Test
    void anArchiveIsCompletedOnce() {
        try (ArchiveSink sink = sink(Compression.NONE, 1)) {
            sink.complete();

            assertThatIllegalStateException().isThrownBy(sink::complete).withMessage("The archive is already complete");
        }
    }

    @Test
    void consecutiveFramesAreCutAsOneRange() {
        try (ArchiveSink sink = sink(Compression.NONE, 1, C)) {
            sink.collection(C).documents(one());
            sink.collection(C).documents(one());
            sink.collection(C).restart();
            sink.collection(C).end();
            ArchiveContents contents = sink.complete();

            long frame = 52 + ONE.length + 4;
            assertThat(output.cuts())
                    .containsExactly(new Span(contents.beginning().length(), 2 * frame));
        }
    }

    @Test
    void aDocumentOf16MegabytesIsWritten() throws IOException {
        RawBsonDocument large = new RawBsonDocument(
                new BsonDocument("_id", new BsonBinary(new byte[16 * 1024 * 1024 - 15])), new BsonDocumentCodec());
        assertThat(large.getByteLength()).isEqualTo(16 * 1024 * 1024);
        try (ArchiveSink sink = sink(Compression.best(), 1, C)) {
            sink.collection(C).documents(new DocumentBatch(large.getBackingArray(), large.getByteLength(), 1));
            sink.collection(C).end();
            sink.complete();
        }

        assertThat(read(output.toByteArray()).contents().get("c"))
                .satisfies(content -> assertThat(content.bytes()).isEqualTo(16 * 1024 * 1024));
    }

    @Test
    void aDatabaseWithoutCollectionsIsWritten() throws IOException {
        try (ArchiveSink sink = sink(Compression.best(), 1)) {
            sink.complete();
        }

        assertThat(read(output.toByteArray()).ended()).isEmpty();
    }

    @Test
    void aCollectionStaysOpenUntilItsEndIsWritten() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CollectionDescription other = description("other");
        CollectionDescription next = description("next");
        ArchiveSink sink = new ArchiveSink(new StuckOutput(writing), "5.0.0", Compression.NONE, 1, 2);
        sink.begin(new Catalogue("d", List.of(C, next, other)));
        writing.await();
        sink.collection(C).documents(one());
        Thread filling = failing(() -> {
            while (true) {
                sink.collection(other).documents(one());
            }
        });
        Thread ending = failing(() -> sink.collection(C).end());

        CompletableFuture<Void> early =
                CompletableFuture.runAsync(() -> sink.collection(next).documents(one()));
        assertThat(early)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("'d.next' would be more than 2 open collections");
        sink.close();
        filling.join();
        ending.join();
    }

    /** Starts a thread that will fail, and returns when it waits for capacity. */
    private static Thread failing(ThrowableAssert.ThrowingCallable what) {
        Thread thread = new Thread(
                () -> assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(what));
        thread.start();
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void anOrderThatMongorestoreCannotReadIsRefused() {
        CollectionDescription other = description("other");
        try (ArchiveSink sink = sink(Compression.NONE, 1, C, other)) {
            sink.collection(C).documents(one());
            assertThatIllegalStateException()
                    .isThrownBy(() -> sink.collection(other).documents(one()))
                    .withMessage("'d.other' would be more than 1 open collections");
            sink.collection(C).end();
            assertThatIllegalStateException()
                    .isThrownBy(() -> sink.collection(C).documents(one()));
            assertThatIllegalStateException()
                    .isThrownBy(sink::complete)
                    .withMessage("These collections have not ended: [d.other]");
        }
    }

    @Test
    void anArchiveThatEndsBetweenTwoBlocksIsRefused() {
        try (ArchiveSink sink = sink(Compression.NONE, 1, C)) {
            sink.collection(C).documents(one());
            sink.collection(C).end();
            sink.complete();
        }
        byte[] archive = output.toByteArray();

        assertThatDamagedFrom(Arrays.copyOf(archive, archive.length - 56))
                .withMessageContaining("it ends before this collection does");
    }

    @Test
    void aBlockAfterTheEndOfItsCollectionIsRefused() {
        try (ArchiveSink sink = sink(Compression.NONE, 1, C)) {
            sink.collection(C).end();
            sink.complete();
        }
        byte[] archive = output.toByteArray();
        byte[] longer = Arrays.copyOf(archive, archive.length + 56);
        System.arraycopy(archive, archive.length - 56, longer, archive.length, 56);

        assertThatDamagedFrom(longer).withMessageContaining("a block follows the end of this collection");
    }

    @Test
    void aBlockOfACollectionThatIsNotInTheHeaderIsRefused() {
        CollectionDescription x = description("x");
        try (ArchiveSink sink = sink(Compression.NONE, 1, x)) {
            sink.collection(x).end();
            sink.complete();
        }
        byte[] archive = output.toByteArray();
        // The last "x" is the name in the last block.
        int name = archive.length - 1;
        while (archive[name] != 'x') {
            name--;
        }
        archive[name] = 'y';

        assertThatDamagedFrom(archive)
                .withMessageContaining("in collection 'd.y': its beginning does not describe this collection");
    }

    private static CollectionDescription description(String name) {
        return new CollectionDescription(name, CollectionType.COLLECTION, new BsonDocument(), List.of(), null);
    }

    private static DocumentBatch one() {
        return new DocumentBatch(ONE.clone(), ONE.length, 1);
    }

    private static DocumentBatch batch(int first, int documents) {
        byte[] bytes = new byte[ONE.length * documents];
        for (int i = 0; i < documents; i++) {
            RawBsonDocument document =
                    new RawBsonDocument(new BsonDocument("_id", new BsonInt32(first + i)), new BsonDocumentCodec());
            System.arraycopy(document.getBackingArray(), document.getByteOffset(), bytes, i * ONE.length, ONE.length);
        }
        return new DocumentBatch(bytes, bytes.length, documents);
    }

    private static ThrowableAssertAlternative<DamagedArchiveException> assertThatDamagedFrom(byte[] archive) {
        return assertThatExceptionOfType(DamagedArchiveException.class).isThrownBy(() -> read(archive));
    }

    private static Fixture.Digests read(byte[] archive) throws IOException {
        Fixture.Digests digests = new Fixture.Digests();
        try (ArchiveReader reader = ArchiveReader.open(new ByteArrayInputStream(archive))) {
            reader.readAll(digests);
        }
        return digests;
    }

    private ArchiveSink sink(Compression compression, int concurrentCollections, CollectionDescription... collections) {
        ArchiveSink sink = new ArchiveSink(output, "5.0.0", compression, 2, concurrentCollections);
        sink.begin(new Catalogue("d", Stream.of(collections).toList()));
        return sink;
    }

    /** Accepts no bytes, and stops only when interrupted. */
    private record StuckOutput(CountDownLatch writing) implements ArchiveOutput {

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writing.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }

        @Override
        public void cut(List<Span> spans) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream contents() {
            throw new UnsupportedOperationException();
        }
    }
}
