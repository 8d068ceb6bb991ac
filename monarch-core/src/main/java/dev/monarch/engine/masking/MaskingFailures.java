package dev.monarch.engine.masking;

import java.util.List;
import java.util.Locale;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

import dev.monarch.TransferFailedException;

/**
 * Creates the exceptions for documents that cannot be masked. The messages contain names and types, never a value.
 *
 * @param operation the operation, as a phrase before the name of an environment
 * @param environment the environment
 * @param collection the collection
 */
record MaskingFailures(String operation, String environment, String collection) {

    TransferFailedException unclassified(String path) {
        return failed(
                "the field '" + path + "' of '" + collection + "' has no rule; mask it or keep it, then try again");
    }

    TransferFailedException unsupported(String path, BsonType type, String masker) {
        return failed("'" + collection + "' has a value of type " + name(type) + " at '" + path
                + "', which the masker '" + masker + "' does not support; use a keyed hash or a function");
    }

    TransferFailedException notADocument(String path, BsonType type) {
        return failed("'" + collection + "' has a value of type " + name(type) + " at '" + path
                + "', where the rules expect a document; mask or keep '" + path + "' as a whole");
    }

    TransferFailedException noElement(String path) {
        return failed(
                "'" + collection + "' has an array at '" + path
                        + "', but the rules refer to an element by its index; remove the index from the path to mask or keep all elements");
    }

    TransferFailedException function(String path, String function, RuntimeException thrown) {
        String where = path.isEmpty() ? "on a document" : "at '" + path + "'";
        return failed(
                "'" + function + "' failed " + where + " of '" + collection + "' with "
                        + thrown.getClass().getName() + ", whose message is withheld because it may hold a value",
                new WithheldException(thrown));
    }

    TransferFailedException malformed() {
        return failed("'" + collection + "' has a document that is not valid BSON and cannot be masked");
    }

    TransferFailedException tooDeep() {
        return failed("'" + collection + "' has a document that nests deeper than MongoDB allows");
    }

    TransferFailedException tooLarge(int length) {
        return failed("'" + collection + "' has a document of " + length
                + " bytes after masking; the limit of MongoDB is " + MaskedDocuments.LARGEST_DOCUMENT
                + "; use a masker with shorter values");
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
