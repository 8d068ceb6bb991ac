package dev.monarch.engine.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.DocumentBatch;

/** Writes a changed copy of a batch: new values are written, unchanged ranges are copied. */
final class BatchRewriter {

    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final DocumentBatch batch;

    private byte[] output = new byte[0];

    private int used;

    /** The end of the part of the batch that was copied or replaced. */
    private int copied;

    private int replacements;

    BatchRewriter(DocumentBatch batch) {
        this.batch = batch;
    }

    /** {@return the output position of an index after the last replacement} */
    int positionOf(int index) {
        return used + (index - copied);
    }

    int replacements() {
        return replacements;
    }

    /** Removes a range; the next value that is put takes its place. */
    void replace(int start, int end) {
        copyTo(start);
        copied = end;
        replacements++;
    }

    private void copyTo(int end) {
        int length = end - copied;
        require(length);
        System.arraycopy(batch.bytes(), copied, output, used, length);
        used += length;
        copied = end;
    }

    void putInt32(int value) {
        require(Integer.BYTES);
        INT32.set(output, used, value);
        used += Integer.BYTES;
    }

    void putInt64(long value) {
        require(Long.BYTES);
        INT64.set(output, used, value);
        used += Long.BYTES;
    }

    void putDouble(double value) {
        putInt64(Double.doubleToRawLongBits(value));
    }

    void putDecimal(Decimal128 value) {
        putInt64(value.getLow());
        putInt64(value.getHigh());
    }

    /** Puts a whole number as a BSON type. Returns that type, or null if it cannot represent the number. */
    @Nullable
    BsonType putWhole(long value, BsonType type) {
        switch (type) {
            case INT64 -> putInt64(value);
            case DOUBLE -> putDouble(value);
            case DECIMAL128 -> putDecimal(new Decimal128(value));
            default -> {
                if (type != BsonType.INT32 || value != (int) value) {
                    return null;
                }
                putInt32((int) value);
            }
        }
        return type;
    }

    void putText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        putInt32(encoded.length + 1);
        put(encoded, 0, encoded.length);
        require(1);
        output[used++] = 0;
    }

    void put(byte[] bytes, int start, int length) {
        require(length);
        System.arraycopy(bytes, start, output, used, length);
        used += length;
    }

    void correctType(int position, BsonType type) {
        output[position] = (byte) type.getValue();
    }

    void correctLength(int position, int length) {
        INT32.set(output, position, length);
    }

    private void require(int more) {
        if (more > output.length - used) {
            int likely = batch.length() + batch.length() / 8;
            output = Arrays.copyOf(output, Math.max(Math.addExact(used, more), Math.max(likely, used + used / 2)));
        }
    }

    /** {@return the changed batch, or the original one if nothing was replaced} */
    DocumentBatch result() {
        if (replacements == 0) {
            return batch;
        }
        copyTo(batch.length());
        return new DocumentBatch(output, used, batch.documents());
    }
}
