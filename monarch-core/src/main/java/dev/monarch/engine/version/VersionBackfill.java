package dev.monarch.engine.version;

import com.mongodb.MongoClientSettings;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.UuidRepresentation;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.configuration.CodecRegistries;

import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.DocumentBackfill;

/** Rewrites the documents of older versions, or those that keep what only older instances need. */
public final class VersionBackfill implements DocumentBackfill {

    private static final DocumentCodec CODEC = new DocumentCodec(CodecRegistries.withUuidRepresentation(
            MongoClientSettings.getDefaultCodecRegistry(), UuidRepresentation.STANDARD));

    private final CollectionVersions versions;

    private final int version;

    private final boolean contracts;

    private VersionBackfill(CollectionVersions versions, int version, boolean contracts) {
        this.versions = versions;
        this.version = version;
        this.contracts = contracts;
    }

    /** {@return the id of the backfill that gives documents the newest version} */
    public static String id(CollectionVersions versions) {
        return "version-" + versions.collection() + "-" + versions.newest();
    }

    /** {@return the backfill that gives documents the newest version} */
    public static RegisteredBackfill of(CollectionVersions versions) {
        return new RegisteredBackfill(id(versions), new VersionBackfill(versions, versions.newest(), false));
    }

    /** {@return the backfill that removes what only instances before a version need} */
    public static RegisteredBackfill contracting(CollectionVersions versions, int version) {
        return new RegisteredBackfill(
                "contract-" + versions.collection() + "-" + version, new VersionBackfill(versions, version, true));
    }

    @Override
    public BackfillSource source() {
        return BackfillSource.of(versions.collection(), versions.older(version, contracts));
    }

    @Override
    public Change change(RawBsonDocument document) {
        Document decoded =
                CODEC.decode(document.asBsonReader(), DecoderContext.builder().build());
        return Change.replace(versions.rewritten(decoded, contracts ? version : versions.contracted()));
    }
}
