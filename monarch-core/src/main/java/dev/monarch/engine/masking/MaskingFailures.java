package dev.monarch.engine.masking;

import java.util.List;
import java.util.Locale;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

import dev.monarch.TransferFailedException;

/**
 * What is said when documents of a collection cannot be masked: names and types, never a value.
 *
 * @param operation what is done, in words that fit before the name of an environment
 * @param environment the environment
 * @param collection the collection
 */
record MaskingFailures(String operation, String environment, String collection) {

    TransferFailedException unclassified(String path) {
        return failed("nobody has classified the field '" + path + "' of '" + collection
                + "'; mask it or keep it, then try again");
    }

    TransferFailedException notMadeFor(String path, BsonType type, String masker) {
        return failed("'" + collection + "' has a value of type " + name(type) + " at '" + path
                + "', for which the masker '" + masker + "' is not made; mask it by a keyed hash or a function");
    }

    TransferFailedException noDocument(String path, BsonType type) {
        return failed("'" + collection + "' has a value of type " + name(type) + " at '" + path
                + "', where the rules lead into a document; mask or keep '" + path + "' as a whole");
    }

    TransferFailedException noElement(String path) {
        return failed(
                "'" + collection + "' has an array at '" + path
                        + "', of which the rules name an element by its number; mask or keep all of them by the path without it");
    }

    TransferFailedException function(String path, String function, RuntimeException thrown) {
        String where = path.isEmpty() ? "on a document" : "at '" + path + "'";
        return failed(
                "'" + function + "' failed " + where + " of '" + collection + "' with "
                        + thrown.getClass().getName() + ", whose message is withheld because it may hold a value",
                new WithheldException(thrown));
    }

    TransferFailedException malformed() {
        return failed("'" + collection + "' has a document that is not valid BSON, and so cannot be masked");
    }

    TransferFailedException tooDeep() {
        return failed("'" + collection + "' has a document that nests deeper than MongoDB allows");
    }

    TransferFailedException tooLarge(int length) {
        return failed("'" + collection + "' has a document of " + length
                + " bytes once it is masked, and MongoDB takes at most " + MaskedDocuments.LARGEST_DOCUMENT
                + "; mask it by something shorter");
    }

    TransferFailedException failed(String reason) {
        return failed(reason, null);
    }

    private TransferFailedException failed(String reason, @Nullable Throwable cause) {
        return new TransferFailedException(operation, environment, reason, List.of(), cause);
    }

    private static String name(BsonType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
