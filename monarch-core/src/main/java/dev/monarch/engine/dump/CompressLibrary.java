package dev.monarch.engine.dump;

import java.io.InputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.MonarchException;
import dev.monarch.Reason;
import dev.monarch.engine.OptionalLibrary;
import dev.monarch.engine.archive.UnsupportedArchive;

/** Access to the optional library Apache Commons Compress, which may be absent or too old. */
final class CompressLibrary {

    private static final @Nullable String MISSING = new OptionalLibrary(
                    "org.apache.commons:commons-compress",
                    "org/apache/commons/compress",
                    "org.apache.commons:commons-compress cannot be used, because it needs other versions of its"
                            + " dependencies or is older than 1.26")
            .problem(CompressLibrary::probe);

    private CompressLibrary() {}

    private static void probe() {
        ZipFile.builder();
        new TarArchiveInputStream(InputStream.nullInputStream());
    }

    /** {@return whether zip and tar files cannot be read} */
    static boolean isMissing() {
        return MISSING != null;
    }

    /**
     * Requires the library.
     *
     * @param file the name of the file in messages
     * @param format its format: {@code a zip file}
     * @throws dev.monarch.OperationRefusedException if the library is missing
     */
    static void requireFor(String file, String format) {
        if (MISSING != null) {
            throw UnsupportedArchive.named(
                    UnsupportedArchive.toRead(Reason.COMMONS_COMPRESS_MISSING, "it is " + format + ", and " + MISSING),
                    file);
        }
    }

    /**
     * Explains a failure of the library, which throws exceptions of many types for damaged files.
     *
     * @param file the name of the file in messages
     * @param offset the offset of the damage, in bytes
     * @param failure what the library threw
     * @return the exception to throw: the failure itself, if it is Monarch's own
     */
    static MonarchException explained(String file, long offset, Exception failure) {
        if (failure instanceof MonarchException own) {
            return own;
        }
        return DamagedArchiveException.inFile(
                file, offset, "its data is damaged or cut off (" + message(failure) + ")", failure);
    }

    private static String message(Exception failure) {
        // The library's own message about a zip file names only the class of the channel.
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
