package dev.monarch.engine.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/** Looks closely at a frame whose bytes are not what they were, for the first document that is none any more. */
public final class FrameInspection {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private FrameInspection() {}

    /**
     * The first document that cannot be read.
     *
     * @param before how many documents of the frame can be read before it
     * @param idBefore the {@code _id} of the last of them as JSON, such as {@code {"_id": 7}}; null if there is none
     */
    public record Place(int before, @Nullable String idBefore) {}

    /**
     * Looks for it.
     *
     * @param frame the bytes of the frame as they are stored, or those of them that are there
     * @param documents how many documents it should have
     * @return the first document that cannot be read; null if all can, so that nobody knows which one has changed
     */
    public static @Nullable Place firstUnreadable(byte[] frame, long documents) {
        int before = 0;
        String id = null;
        try (ArchiveInput input = new ArchiveInput(Compressed.decompressing(new ByteArrayInputStream(frame)))) {
            // The head of a block, which says whose documents they are.
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
