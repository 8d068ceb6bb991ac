package dev.monarch.queryset;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;

import dev.monarch.engine.server.RawBytes;

/**
 * Encodes values so that values that MongoDB considers equal have the same bytes. This includes numbers of different
 * types, also in nested documents.
 */
final class CanonicalBytes {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);

    private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final double BEYOND_LONG = 0x1p63;

    /** These replace the number of the BSON type. No BSON type has these numbers. */
    private static final int WHOLE_NUMBER = 0x60;

    private static final int OTHER_NUMBER = 0x61;

    private static final int MORE = 1;

    private static final int END = 0;

    private CanonicalBytes() {}

    static byte[] of(BsonValue value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try {
            write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(BsonValue value, DataOutputStream output) throws IOException {
        switch (value.getBsonType()) {
            case INT32, INT64 -> writeWhole(value.asNumber().longValue(), output);
            case DOUBLE -> writeDouble(value.asDouble().getValue(), output);
            case DECIMAL128 -> writeDecimal(value.asDecimal128().getValue(), output);
            case DOCUMENT -> writeDocument(value.asDocument(), output);
            case ARRAY -> writeArray(value.asArray(), output);
            default -> writeAsItIs(value, output);
        }
    }

    private static void writeDocument(BsonDocument document, DataOutputStream output) throws IOException {
        output.writeByte(BsonType.DOCUMENT.getValue());
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            output.writeByte(MORE);
            writeText(field.getKey(), output);
            write(field.getValue(), output);
        }
        output.writeByte(END);
    }

    private static void writeArray(BsonArray array, DataOutputStream output) throws IOException {
        output.writeByte(BsonType.ARRAY.getValue());
        for (BsonValue element : array) {
            output.writeByte(MORE);
            write(element, output);
        }
        output.writeByte(END);
    }

    private static void writeAsItIs(BsonValue value, DataOutputStream output) throws IOException {
        RawBytes bytes = RawBytes.of(new RawBsonDocument(new BsonDocument("", value), CODEC));
        output.write(bytes.array(), bytes.offset() + Integer.BYTES, bytes.length() - Integer.BYTES);
    }

    private static void writeWhole(long number, DataOutputStream output) throws IOException {
        output.writeByte(WHOLE_NUMBER);
        output.writeLong(number);
    }

    private static void writeDouble(double number, DataOutputStream output) throws IOException {
        if (number == Math.rint(number) && Math.abs(number) < BEYOND_LONG) {
            writeWhole((long) number, output);
        } else if (Double.isFinite(number)) {
            writeExact(new BigDecimal(number), output);
        } else {
            writeOther(Double.toString(number), output);
        }
    }

    private static void writeDecimal(Decimal128 number, DataOutputStream output) throws IOException {
        if (number.isFinite()) {
            // Through the string, because BigDecimal has no negative zero.
            writeExact(new BigDecimal(number.toString()), output);
        } else {
            writeOther(Double.toString(number.isNaN() ? Double.NaN : number.doubleValue()), output);
        }
    }

    private static void writeExact(BigDecimal number, DataOutputStream output) throws IOException {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean isLong =
                shortest.scale() <= 0 && shortest.compareTo(LEAST_LONG) >= 0 && shortest.compareTo(GREATEST_LONG) <= 0;
        if (isLong) {
            writeWhole(shortest.longValueExact(), output);
        } else {
            writeOther(shortest.toString(), output);
        }
    }

    private static void writeOther(String number, DataOutputStream output) throws IOException {
        output.writeByte(OTHER_NUMBER);
        writeText(number, output);
    }

    private static void writeText(String text, DataOutputStream output) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.writeInt(bytes.length);
        output.write(bytes);
    }
}
