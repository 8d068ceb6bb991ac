package dev.monarch.engine.migration;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;

import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.util.ClassUtils;

/**
 * Stores and reads the checkpoint of a migration, as the application's converter would store a property of that type.
 */
final class CheckpointFormat {

    private static final String VALUE = "value";

    private final CodecRegistry codecs;

    private final MongoConverter converter;

    CheckpointFormat(CodecRegistry codecs, MongoConverter converter) {
        this.codecs = codecs;
        this.converter = converter;
    }

    /**
     * Converts a checkpoint into the stored value.
     *
     * @throws IllegalArgumentException if it could not be read back as the same value
     */
    BsonValue write(Object checkpoint) {
        try {
            BsonValue kept = encode(checkpoint);
            // The stored values are compared, because an equal-looking object may have lost data.
            if (encode(read(kept, typeOf(checkpoint))).equals(kept)) {
                return kept;
            }
        } catch (RuntimeException e) {
            throw refused(checkpoint, e.getMessage(), e);
        }
        throw refused(checkpoint, "reading it back gives a different value", null);
    }

    /**
     * Reads a stored checkpoint.
     *
     * @throws ClassCastException if it cannot be read as that type
     */
    <T> T read(BsonValue kept, Class<T> type) {
        Class<T> target = boxed(type);
        Object stored = decode(kept);
        if (target.isInstance(stored)) {
            return target.cast(stored);
        }
        if (converter.getConversionService().canConvert(stored.getClass(), target)) {
            Object converted = converter.getConversionService().convert(stored, target);
            if (converted != null) {
                return target.cast(converted);
            }
        }
        if (stored instanceof Bson document && !ClassUtils.isPrimitiveOrWrapper(target)) {
            return target.cast(converter.read(target, document));
        }
        return decode(kept, target);
    }

    /** Decodes it with the driver, which supports types that the converter does not change. */
    private <T> T decode(BsonValue kept, Class<T> type) {
        try {
            BsonDocumentReader reader = new BsonDocumentReader(new BsonDocument(VALUE, kept));
            reader.readStartDocument();
            reader.readName();
            return codecs.get(type).decode(reader, DecoderContext.builder().build());
        } catch (BsonInvalidOperationException | CodecConfigurationException e) {
            ClassCastException wrongType =
                    new ClassCastException("The checkpoint " + kept + " cannot be read as a " + type.getName());
            wrongType.initCause(e);
            throw wrongType;
        }
    }

    private BsonValue encode(Object checkpoint) {
        Object stored =
                Objects.requireNonNull(converter.convertToMongoType(checkpoint), "the converter stores it as null");
        return Objects.requireNonNull(new Document(VALUE, stored)
                .toBsonDocument(BsonDocument.class, codecs)
                .get(VALUE));
    }

    private Object decode(BsonValue kept) {
        return Objects.requireNonNull(codecs.get(Document.class)
                .decode(
                        new BsonDocumentReader(new BsonDocument(VALUE, kept)),
                        DecoderContext.builder().build())
                .get(VALUE));
    }

    @SuppressWarnings("unchecked") // int.class and Integer.class are both a Class<Integer>.
    private static <T> Class<T> boxed(Class<T> type) {
        return (Class<T>) ClassUtils.resolvePrimitiveIfNecessary(type);
    }

    /** Returns the class that a migration would request: {@code Collection}, not the class of {@code List.of()}. */
    private static Class<?> typeOf(Object checkpoint) {
        if (checkpoint instanceof Map) {
            return Map.class;
        }
        if (checkpoint instanceof Collection) {
            return Collection.class;
        }
        return checkpoint instanceof Enum<?> constant
                ? constant.getDeclaringClass()
                : ClassUtils.getUserClass(checkpoint);
    }

    private static IllegalArgumentException refused(
            Object checkpoint, @Nullable String reason, @Nullable RuntimeException cause) {
        return new IllegalArgumentException(
                "A checkpoint of type " + checkpoint.getClass().getName()
                        + " could not be read back by the next attempt: " + reason
                        + ". Store an id, a number, a string or a date",
                cause);
    }
}
