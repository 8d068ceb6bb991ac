package dev.monarch.engine.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.monarch.DamagedArchiveException;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;

/**
 * Reads the blocks of an archive, assigns each to its collection and checks that every collection is complete and
 * undamaged.
 */
final class ArchiveBlocks {

    /** The database and collection names have at most 255 bytes together; the other fields are short. */
    private static final int LONGEST_HEAD = 4 * 1024;

    private final ArchiveInput input;

    private final ArchiveVisitor visitor;

    private final Map<Namespace, Progress> progress = new HashMap<>();

    ArchiveBlocks(ArchiveInput input, List<ArchivedCollection> collections, ArchiveVisitor visitor) {
        this.input = input;
        this.visitor = visitor;
        for (ArchivedCollection collection : collections) {
            Progress started = new Progress();
            progress.put(collection.namespace(), started);
            progress.put(collection.blocks(), started);
        }
    }

    /** How far one collection has been read. */
    private static final class Progress {

        private final Crc64 checksum = new Crc64();

        private long documents;

        private boolean ended;
    }

    /** Reads one block. The caller has read the length of its header. */
    void read(int length) {
        ArchiveFields header = input.fields(length, LONGEST_HEAD, "the head of a block");
        Namespace namespace = ArchiveReader.namespace(header);
        input.enter(namespace.toString());
        Progress of = progress.get(namespace);
        if (of == null) {
            throw input.damaged("its beginning does not describe this collection");
        }
        if (of.ended) {
            throw input.damaged("a block follows the end of this collection");
        }
        if (header.isTrue("EOF")) {
            end(namespace, of, header.number("CRC"));
        } else {
            long before = of.documents;
            try {
                documents(namespace, of);
            } catch (DamagedArchiveException e) {
                throw input.inDocument(before, e);
            }
        }
        input.enter(null);
    }

    private void end(Namespace namespace, Progress of, long checksum) {
        if (input.lengthOrTerminator() != ArchiveInput.TERMINATOR) {
            throw input.damaged("documents follow the end of this collection");
        }
        endWith(namespace, of, checksum);
    }

    private void endWith(Namespace namespace, Progress of, long checksum) {
        if (checksum != of.checksum.value()) {
            throw input.damaged("the checksum of its " + of.documents + " documents is "
                    + Long.toHexString(of.checksum.value()) + " instead of " + Long.toHexString(checksum));
        }
        of.ended = true;
        visitor.end(namespace, of.documents, checksum);
    }

    private void documents(Namespace namespace, Progress of) {
        DocumentReader.readBlock(input, batch -> emit(namespace, of, batch));
    }

    private void emit(Namespace namespace, Progress of, DocumentBatch batch) {
        of.checksum.update(batch.bytes(), 0, batch.length());
        of.documents += batch.documents();
        visitor.documents(namespace, batch);
    }

    /** Ends collections of which only the document frames were read. Their expected totals come from a manifest. */
    void end(List<ArchivedCollection> collections, List<ArchivedTotals> totals) {
        for (ArchivedTotals total : totals) {
            Namespace namespace = collections.stream()
                    .map(ArchivedCollection::namespace)
                    .filter(each -> each.collection().equals(total.collection()))
                    .findFirst()
                    .orElseThrow(() -> input.damaged("its beginning does not describe '" + total.collection() + "'"));
            input.enter(namespace.toString());
            endWith(namespace, Objects.requireNonNull(progress.get(namespace)), total.crc64());
        }
        input.enter(null);
    }

    void requireComplete() {
        progress.forEach((namespace, of) -> {
            if (!of.ended) {
                input.enter(namespace.toString());
                throw input.damaged("it ends before this collection does");
            }
        });
    }
}
