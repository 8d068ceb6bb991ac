package dev.monarch.queryset;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.UuidCodec;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions.BigDecimalRepresentation;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.convert.QueryMapper;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;
import org.springframework.data.mongodb.core.query.Query;

/** Converts filters of all supported forms to BSON. */
final class Filters {

    private final QueryMapper mapper;

    private final CodecRegistry codecs;

    /**
     * @param converter the application's converter; null for Spring Data's default
     * @param codecs the client's codecs
     */
    Filters(@Nullable MongoConverter converter, CodecRegistry codecs) {
        this.mapper = new QueryMapper(converter == null ? defaultConverter() : converter);
        this.codecs = withUuids(codecs);
    }

    private static MongoConverter defaultConverter() {
        MongoCustomConversions conversions =
                MongoCustomConversions.create(adapter -> adapter.bigDecimal(BigDecimalRepresentation.DECIMAL128));
        MongoMappingContext context = new MongoMappingContext();
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        context.afterPropertiesSet();
        MappingMongoConverter converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, context);
        converter.setCustomConversions(conversions);
        converter.afterPropertiesSet();
        return converter;
    }

    /** A client without a UUID representation refuses UUIDs. Filters then use the standard representation. */
    private static CodecRegistry withUuids(CodecRegistry codecs) {
        Codec<UUID> uuids = codecs.get(UUID.class);
        return uuids instanceof UuidCodec codec && codec.getUuidRepresentation() == UuidRepresentation.UNSPECIFIED
                ? CodecRegistries.withUuidRepresentation(codecs, UuidRepresentation.STANDARD)
                : codecs;
    }

    /** {@return a copy of the filter, which later changes do not affect} */
    BsonDocument of(Bson filter) {
        return filter.toBsonDocument(BsonDocument.class, codecs).clone();
    }

    /** {@return the filter that Spring Data makes of criteria without an entity} */
    BsonDocument of(Document criteria) {
        MongoPersistentEntity<?> noEntity = null;
        return of((Bson) mapper.getMappedObject(criteria, noEntity));
    }

    /** {@return the first property of a query that is not a criterion; empty if there is none} */
    static Optional<String> unsupportedProperty(Query query) {
        return Stream.of(
                        present(query.isLimited(), "a limit"),
                        present(query.getSkip() > 0, "a skip"),
                        present(query.isSorted(), "a sort"),
                        present(query.hasKeyset(), "a scroll position"),
                        present(!query.getFieldsObject().isEmpty(), "fields"),
                        present(query.getCollation().isPresent(), "a collation"),
                        present(!query.getRestrictedTypes().isEmpty(), "restricted types"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> present(boolean isPresent, String what) {
        return isPresent ? Optional.of(what) : Optional.empty();
    }
}
