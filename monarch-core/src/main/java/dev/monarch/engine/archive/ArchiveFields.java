package dev.monarch.engine.archive;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import org.bson.BsonBinaryReader;
import org.bson.BsonType;
import org.bson.ByteBufNIO;
import org.bson.io.ByteBufferBsonInput;

/**
 * One of an archive's own documents: what it says in texts, numbers and truth values.
 *
 * <p>Everything else is passed over undecoded, so that a damaged document can neither nest deeply nor become large.
 */
final class ArchiveFields {

    private final Map<String, Object> values = new HashMap<>();

    private ArchiveFields() {}

    /**
     * Decodes a document.
     *
     * @throws RuntimeException if it is none
     */
    static ArchiveFields of(byte[] document) {
        ArchiveFields fields = new ArchiveFields();
        try (BsonBinaryReader reader =
                new BsonBinaryReader(new ByteBufferBsonInput(new ByteBufNIO(ByteBuffer.wrap(document))))) {
            reader.readStartDocument();
            for (BsonType type = reader.readBsonType();
                    type != BsonType.END_OF_DOCUMENT;
                    type = reader.readBsonType()) {
                fields.read(reader.readName(), type, reader);
            }
            reader.readEndDocument();
        }
        return fields;
    }

    private void read(String name, BsonType type, BsonBinaryReader reader) {
        switch (type) {
            case STRING -> values.put(name, reader.readString());
            case BOOLEAN -> values.put(name, reader.readBoolean());
            case INT32 -> values.put(name, (long) reader.readInt32());
            case INT64 -> values.put(name, reader.readInt64());
            default -> reader.skipValue();
        }
    }

    /** Returns a text, empty if there is none of that name. */
    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** Returns a whole number, 0 if there is none of that name. */
    long number(String name) {
        return values.get(name) instanceof Long number ? number : 0;
    }

    /** Tells whether something is said to be true. */
    boolean isTrue(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }
}
