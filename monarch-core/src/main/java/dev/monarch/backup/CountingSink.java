package dev.monarch.backup;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.CollectionDescription;

/** Counts the documents that it receives and forwards them to another sink, if there is one. */
final class CountingSink implements TransferSink {

    private final @Nullable TransferSink next;

    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    private Function<String, OptionalLong> checksums = collection -> OptionalLong.empty();

    CountingSink(@Nullable TransferSink next) {
        this.next = next;
    }

    @Override
    public void begin(Catalogue catalogue) {
        if (next != null) {
            next.begin(catalogue);
        }
    }

    @Override
    public CollectionSink collection(CollectionDescription collection) {
        Counted counting = new Counted(next == null ? null : next.collection(collection));
        counted.put(collection.name(), counting);
        return counting;
    }

    long documents() {
        return counted.values().stream().mapToLong(each -> each.documents.get()).sum();
    }

    long bytes() {
        return counted.values().stream().mapToLong(each -> each.bytes.get()).sum();
    }

    int ended() {
        return (int) counted.values().stream().filter(each -> each.ended.get()).count();
    }

    /** Also compares the checksums of the collections. */
    void compareChecksums(Function<String, OptionalLong> ofCollections) {
        checksums = ofCollections;
    }

    /** {@return the differences between the received collections and a manifest} */
    List<VerificationReport.Finding> differences(List<BackedUpCollection> expected) {
        return expected.stream().flatMap(this::difference).toList();
    }

    private Stream<VerificationReport.Finding> difference(BackedUpCollection expected) {
        Counted received = counted.get(expected.name());
        if (received == null) {
            return Stream.of(new VerificationReport.Finding(expected.name(), "it is missing in the archive"));
        }
        long documents = expected.totals().documents();
        long bytes = expected.totals().bytes();
        if (received.documents.get() != documents || received.bytes.get() != bytes) {
            return Stream.of(new VerificationReport.Finding(
                    expected.name(),
                    "the archive has " + received.documents + " documents of " + received.bytes
                            + " bytes, but the manifest has " + documents + " of " + bytes));
        }
        long checksum = expected.totals().crc64();
        return checksums.apply(expected.name()).stream()
                .filter(actual -> actual != checksum)
                .mapToObj(actual -> new VerificationReport.Finding(
                        expected.name(),
                        "the checksum of its documents is " + Long.toHexString(actual) + " in the archive, but "
                                + Long.toHexString(checksum) + " in the manifest"));
    }

    private static final class Counted implements CollectionSink {

        private final @Nullable CollectionSink next;

        private final AtomicLong documents = new AtomicLong();

        private final AtomicLong bytes = new AtomicLong();

        private final AtomicBoolean ended = new AtomicBoolean();

        private Counted(@Nullable CollectionSink next) {
            this.next = next;
        }

        @Override
        public void documents(DocumentBatch batch) {
            documents.addAndGet(batch.documents());
            bytes.addAndGet(batch.length());
            if (next != null) {
                next.documents(batch);
            }
        }

        @Override
        public void restart() {
            documents.set(0);
            bytes.set(0);
            if (next != null) {
                next.restart();
            }
        }

        @Override
        public void end() {
            ended.set(true);
            if (next != null) {
                next.end();
            }
        }
    }
}
