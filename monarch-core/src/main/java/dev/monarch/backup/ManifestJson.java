package dev.monarch.backup;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;

/**
 * Writes and reads the JSON of manifests.
 *
 * <p>The page {@code docs/format.md} of the repository has a sample and describes each field. A reader ignores fields that
 * it does not know, and refuses other versions of the format.
 */
final class ManifestJson {

    static final String FORMAT = "monarch-backup";

    static final int VERSION = 1;

    private static final Pattern OTHER_VERSION =
            Pattern.compile("\\A\\{\\s*\"format\": \"" + FORMAT + "\",\\s*\"version\": (\\d+)");

    private ManifestJson() {}

    /**
     * Writes a manifest.
     *
     * @param manifest the manifest
     * @return the text in UTF-8
     */
    static byte[] write(Manifest manifest) {
        return ChecksummedJson.seal(ManifestWriter.write(manifest));
    }

    /**
     * Reads a manifest.
     *
     * @param json the text in UTF-8
     * @param store the store's description, for the message of an exception
     * @param file the name of the manifest's file, for the same message
     * @return the manifest
     * @throws BackupStoreException if it is damaged, is not a manifest, or has an unknown version
     */
    static Manifest read(byte[] json, String store, String file) {
        requireKnownVersion(json, store, file);
        try {
            return ManifestReader.read(ChecksummedJson.open(json));
        } catch (RuntimeException e) {
            // Every exception of the JSON reader means that the text is invalid.
            throw new BackupStoreException(
                    store,
                    Reason.MANIFEST_DAMAGED,
                    "the manifest '" + file + "' is damaged (" + e.getMessage() + ")",
                    e);
        }
    }

    private static void requireKnownVersion(byte[] json, String store, String file) {
        String beginning = new String(json, 0, Math.min(json.length, 200), StandardCharsets.UTF_8);
        Matcher matcher = OTHER_VERSION.matcher(beginning);
        if (matcher.find() && !matcher.group(1).equals(Integer.toString(VERSION))) {
            throw new BackupStoreException(
                    store,
                    Reason.MANIFEST_VERSION_UNKNOWN,
                    "the manifest '" + file + "' has version " + matcher.group(1)
                            + ", but this version of Monarch reads version " + VERSION,
                    null);
        }
    }
}
