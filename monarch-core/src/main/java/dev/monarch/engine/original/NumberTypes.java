package dev.monarch.engine.original;

import java.util.List;
import java.util.Optional;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** The types of the numbers in a document. The server finds 1 and 1.0 equal when it compares values. */
final class NumberTypes {

    /** The types of more numbers would make the write much larger. */
    private static final int MOST = 1_000;

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private NumberTypes() {}

    /**
     * Compares the types of the numbers in some fields. It is meant for documents whose values are equal.
     *
     * @param fields the fields with the values that were read
     * @return an expression of MongoDB 5.0 that is 0 if all numbers have the types that were read; empty if there are no numbers,
     *     or too many
     */
    static Optional<BsonDocument> difference(BsonDocument fields) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        // An undecoded document reads itself from its beginning for each field.
        BsonDocument decoded =
                (fields instanceof RawBsonDocument raw ? raw : new RawBsonDocument(fields, CODEC)).decode(CODEC);
        NumberPlace root = new NumberPlace();
        int numbers = root.add(decoded);
        if (numbers == 0 || numbers > MOST) {
            return Optional.empty();
        }
        root.prune();
        BsonDocument read = new BsonDocument("$literal", root.types(decoded));
        return Optional.of(
                new BsonDocument("$cmp", new BsonArray(List.of(root.expression(new BsonString("$$ROOT")), read))));
    }
}
