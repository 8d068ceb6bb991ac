package dev.monarch.test;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * One message of the wire protocol.
 *
 * <p>Format: MongoDB manual, "MongoDB Wire Protocol". A header of 16 bytes (length, id, id of the request, opcode).
 * OP_MSG then has 4 bytes of flags and sections. The first section holds the command.
 */
final class WireMessage {

    private static final int HEAD = 16;

    private static final int ID = 4;

    private static final int OPCODE = 12;

    private static final int OP_MSG = 2013;

    private static final int MORE_TO_COME = 2;

    private static final int BODY = HEAD + 4 + 1;

    private final ByteBuffer bytes;

    private WireMessage(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static WireMessage read(DataInputStream from) throws IOException {
        byte[] length = new byte[Integer.BYTES];
        from.readFully(length);
        byte[] message =
                new byte[ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt()];
        System.arraycopy(length, 0, message, 0, length.length);
        from.readFully(message, length.length, message.length - length.length);
        return new WireMessage(message);
    }

    void write(OutputStream to) throws IOException {
        to.write(bytes.array());
    }

    /** {@return whether this is an OP_MSG with a readable document} The first handshake is not. */
    boolean isCommand() {
        return bytes.getInt(OPCODE) == OP_MSG && bytes.get(BODY - 1) == 0;
    }

    /** {@return whether its sender expects no answer} */
    boolean moreToCome() {
        return bytes.getInt(OPCODE) == OP_MSG && (bytes.getInt(HEAD) & MORE_TO_COME) != 0;
    }

    BsonDocument document() {
        ByteBuffer body = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        body.position(BODY);
        return new BsonDocumentCodec()
                .decode(
                        new BsonBinaryReader(body.slice().order(ByteOrder.LITTLE_ENDIAN)),
                        DecoderContext.builder().build());
    }

    /** {@return an answer to this request} */
    WireMessage answer(BsonDocument document) {
        BasicOutputBuffer encoded = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(encoded),
                        document,
                        EncoderContext.builder().build());
        byte[] body = encoded.toByteArray();
        ByteBuffer answer = ByteBuffer.allocate(BODY + body.length).order(ByteOrder.LITTLE_ENDIAN);
        answer.putInt(BODY + body.length)
                .putInt(0)
                .putInt(bytes.getInt(ID))
                .putInt(OP_MSG)
                .putInt(0)
                .put((byte) 0)
                .put(body);
        return new WireMessage(answer.array());
    }
}
