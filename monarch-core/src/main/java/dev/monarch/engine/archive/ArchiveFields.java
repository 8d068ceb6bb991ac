package dev.monarch.engine.archive;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import org.bson.BsonBinaryReader;
import org.bson.BsonType;
import org.bson.ByteBufNIO;
import org.bson.io.ByteBufferBsonInput;

/**
 * The string, integer and boolean fields of one of an archive's own documents.
 *
 * <p>Fields of other types are skipped undecoded, so that a damaged document can neither nest deeply nor use much
 * memory.
 */
final class ArchiveFields {

    private final Map<String, Object> values = new HashMap<>();

    private ArchiveFields() {}

    /**
     * Decodes a document.
     *
     * @throws RuntimeException if the bytes are not a document
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

    /** {@return the string field of a name, empty if there is none} */
    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** {@return the integer field of a name, 0 if there is none} */
    long number(String name) {
        return values.get(name) instanceof Long number ? number : 0;
    }

    /** {@return whether the boolean field of a name is true} */
    boolean isTrue(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }
}
