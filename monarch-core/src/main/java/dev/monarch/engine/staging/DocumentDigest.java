package dev.monarch.engine.staging;

import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

import org.bson.RawBsonDocument;

import dev.monarch.engine.server.RawBytes;

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
        RawBytes bytes = RawBytes.of(document);
        CRC32C first = new CRC32C();
        first.update(bytes.array(), bytes.offset(), bytes.length());
        CRC32 second = new CRC32();
        second.update(bytes.array(), bytes.offset(), bytes.length());
        return first.getValue() << 32 | second.getValue();
    }

    long value() {
        return sum.sum();
    }

    void clear() {
        sum.reset();
    }
}
