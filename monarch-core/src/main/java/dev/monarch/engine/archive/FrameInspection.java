package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/** Finds the first unreadable document in a damaged frame. */
public final class FrameInspection {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private FrameInspection() {}

    /**
     * The first document that cannot be read.
     *
     * @param before how many documents of the frame precede it
     * @param idBefore the {@code _id} of the last of them as JSON, such as {@code {"_id": 7}}; null if there is none
     */
    public record Place(int before, @Nullable String idBefore) {}

    /**
     * Finds the first unreadable document.
     *
     * @param frame the stored bytes of the frame, as far as they exist
     * @param documents the expected number of documents
     * @return the first document that cannot be read; null if all can, so that the changed document is unknown
     */
    public static @Nullable Place firstUnreadable(byte[] frame, long documents) {
        int before = 0;
        String id = null;
        try (ArchiveInput input = new ArchiveInput(Decompressor.decompress(new ByteArrayInputStream(frame)))) {
            // The header of the block.
            read(input);
            while (before < documents) {
                byte[] bytes = read(input);
                new RawBsonDocument(bytes).decode(CODEC);
                id = DocumentId.of(bytes, 0);
                before++;
            }
            return null;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return new Place(before, id);
        }
    }

    private static byte[] read(ArchiveInput input) {
        int length = input.lengthOrTerminator();
        input.requireDocumentLength(length);
        byte[] bytes = new byte[length];
        input.document(length, bytes, 0);
        return bytes;
    }
}
