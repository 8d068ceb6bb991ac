package dev.monarch.engine.staging;

import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

import org.bson.RawBsonDocument;

/** A digest of documents that does not depend on their order: the sum of a 64-bit checksum of each. Thread-safe. */
final class DocumentDigest {

    private final LongAdder sum = new LongAdder();

    void add(RawBsonDocument document) {
        sum.add(of(document));
    }

    void remove(RawBsonDocument document) {
        sum.add(-of(document));
    }

    private static long of(RawBsonDocument document) {
        CRC32C first = new CRC32C();
        first.update(document.getBackingArray(), document.getByteOffset(), document.getByteLength());
        CRC32 second = new CRC32();
        second.update(document.getBackingArray(), document.getByteOffset(), document.getByteLength());
        return first.getValue() << 32 | second.getValue();
    }

    long value() {
        return sum.sum();
    }

    void clear() {
        sum.reset();
    }
}
