package dev.monarch.engine.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

import dev.monarch.archive.Compression;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.guide.FormatPage;
import dev.monarch.guide.FormatPage.Field;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares docs/format.md with the archives that are written. */
class ArchiveFormatTests {

    private final List<BsonDocument> headers = new ArrayList<>();

    private final List<BsonDocument> collections = new ArrayList<>();

    private final List<BsonDocument> metadata = new ArrayList<>();

    private final List<BsonDocument> heads = new ArrayList<>();

    @Test
    void thePageHasExactlyTheFieldsThatAreWritten() {
        walk(ByteBuffer.wrap(archive()).order(ByteOrder.LITTLE_ENDIAN));

        FormatPage layout = FormatPage.section("Layout");
        assertSame(layout.fields("field of the header"), headers);
        assertSame(layout.fields("field of a collection"), collections);
        assertSame(layout.fields("field of a head"), heads);
        assertSame(FormatPage.section("Metadata").fields("field"), metadata);
    }

    private static void assertSame(Map<String, Field> fields, List<BsonDocument> documents) {
        FormatPage.assertSame(fields, FormatPage.paths(fields, documents), field -> false);
    }

    private static byte[] archive() {
        CollectionDescription odd = new CollectionDescription(
                "odd",
                CollectionType.COLLECTION,
                BsonDocument.parse("{validator: {a: 1}}").append("b", new BsonDocument("$oid", new BsonString("x"))),
                List.of(),
                UUID.randomUUID());
        CollectionDescription capped = new CollectionDescription(
                "log", CollectionType.COLLECTION, BsonDocument.parse("{capped: true}"), List.of(), null);
        MemoryOutput output = new MemoryOutput();
        try (ArchiveSink sink = new ArchiveSink(output, "8.0.4", Compression.NONE, 1, 2)) {
            sink.begin(new Catalogue("kennel", List.of(odd, capped)));
            sink.collection(odd).end();
            sink.collection(capped).end();
            sink.complete();
        }
        return output.toByteArray();
    }

    /** Reads it by the grammar of the page. */
    private void walk(ByteBuffer archive) {
        assertThat(archive.getInt()).isEqualTo(0x8199e26d);
        headers.add(next(archive));
        while (!atTerminator(archive)) {
            BsonDocument collection = next(archive);
            collections.add(collection);
            metadata.add(BsonDocument.parse(collection.getString("metadata").getValue()));
        }
        while (archive.hasRemaining()) {
            heads.add(next(archive));
            assertThat(atTerminator(archive)).as("there are no documents").isTrue();
        }
    }

    private static BsonDocument next(ByteBuffer archive) {
        int length = archive.getInt(archive.position());
        byte[] document = new byte[length];
        archive.get(document);
        return new RawBsonDocument(document).decode(new BsonDocumentCodec());
    }

    private static boolean atTerminator(ByteBuffer archive) {
        if (archive.getInt(archive.position()) != -1) {
            return false;
        }
        archive.getInt();
        return true;
    }
}
