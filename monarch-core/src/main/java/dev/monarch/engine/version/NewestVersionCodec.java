package dev.monarch.engine.version;

import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/** Decodes stored documents into those of the newest version. Embedded documents are decoded by the codec that it wraps. */
final class NewestVersionCodec implements Codec<Document> {

    private final Codec<Document> codec;

    private final CollectionVersions versions;

    private NewestVersionCodec(Codec<Document> codec, CollectionVersions versions) {
        this.codec = codec;
        this.versions = versions;
    }

    static CodecRegistry in(CodecRegistry codecs, CollectionVersions versions) {
        return CodecRegistries.fromRegistries(
                CodecRegistries.fromCodecs(new NewestVersionCodec(codecs.get(Document.class), versions)), codecs);
    }

    @Override
    public Document decode(BsonReader reader, DecoderContext context) {
        return versions.read(codec.decode(reader, context));
    }

    /** Conditions are encoded, too, so this adds nothing. */
    @Override
    public void encode(BsonWriter writer, Document document, EncoderContext context) {
        codec.encode(writer, document, context);
    }

    @Override
    public Class<Document> getEncoderClass() {
        return Document.class;
    }
}
