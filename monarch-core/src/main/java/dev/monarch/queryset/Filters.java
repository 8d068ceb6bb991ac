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

/** Turns filters, in whatever form they are written, into what the server takes. */
final class Filters {

    private final QueryMapper mapper;

    private final CodecRegistry codecs;

    /**
     * @param converter the application's own, or null for Spring Data's default
     * @param codecs the client's
     */
    Filters(@Nullable MongoConverter converter, CodecRegistry codecs) {
        this.mapper = new QueryMapper(converter == null ? defaultConverter() : converter);
        this.codecs = knowingUuids(codecs);
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

    /** A client that was not told how to write UUIDs refuses them; a filter then means the standard form. */
    private static CodecRegistry knowingUuids(CodecRegistry codecs) {
        Codec<UUID> uuids = codecs.get(UUID.class);
        return uuids instanceof UuidCodec codec && codec.getUuidRepresentation() == UuidRepresentation.UNSPECIFIED
                ? CodecRegistries.withUuidRepresentation(codecs, UuidRepresentation.STANDARD)
                : codecs;
    }

    /** Returns a document of its own, which no later change of the filter reaches. */
    BsonDocument of(Bson filter) {
        return filter.toBsonDocument(BsonDocument.class, codecs).clone();
    }

    /** Returns the filter that Spring Data would make of criteria if it knew of no entity. */
    BsonDocument of(Document criteria) {
        MongoPersistentEntity<?> noEntity = null;
        return of((Bson) mapper.getMappedObject(criteria, noEntity));
    }

    /** Returns the first thing a query says besides which documents. */
    static Optional<String> moreThanCriteria(Query query) {
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

    private static Optional<String> present(boolean isThere, String what) {
        return isThere ? Optional.of(what) : Optional.empty();
    }
}
