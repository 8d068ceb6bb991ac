package dev.monarch.backup;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.monarch.BackupStoreException;

/**
 * A manifest as it is stored.
 *
 * <pre>{@code
 * { "format": "monarch-backup", "version": 1, "monarch": "1.0.0", "name": "…", "environment": "…", "database": "…",
 *   "source": {"lock": "…", "hosts": ["db1:27017"]},             // lock: the UUID of the collection monarch.lock, if known
 *   "created": {"start": "2026-11-20T10:30:05Z", "end": "2026-11-20T10:31:07Z"},
 *   "server": {"version": "8.0.4", "topology": "replica set rs0", "featureCompatibility": "8.0"},
 *   "consistency": {"asked": "best", "had": "snapshot", "clusterTime": {"seconds": 1795170605, "increment": 3},
 *                   "reasons": [], "warnings": []},
 *   "selection": {"only": [], "exclude": []}, "partial": false,
 *   "querySet": {"name": "AwesomeDogs", "parameters": {"breed": "beagle"},   // if one was asked; no secrets
 *                "masked": [{"collection": "accounts", "path": "email", "masker": "email"}]},
 *   "history": {"collection": "monarch.history", "entries": 12, "lastApplied": "202611201030-unique-email"},
 *   "documents": 3000, "bytes": 512000,
 *   "compression": "zstd", "length": 90000, "sha256": "…",
 *   "volumes": [{"extension": ".archive.zst", "length": 90000, "sha256": "…"}],
 *   "beginning": [volume, offset, length, documents, crc],       // the frame before all documents
 *   "collections": [{"name": "dogs", "type": "collection", "documents": 3000, "bytes": 512000,
 *                    "crc64": "995dc9bbdf1939fa",                // CRC-64/XZ of its documents
 *                    "clusterTime": {…}, "reason": "…",          // the reason if it is not that of the whole
 *                    "shardKey": {"key": {"owner": {"$numberInt": "1"}}, "unique": false},   // if it was sharded
 *                    "uuid": "…", "options": {…}, "indexes": […],  // for people, where Extended JSON can tell it
 *                    "bson": "…",                                // {options, indexes} as BSON, in Base64: what counts
 *                    "frames": [[volume, offset, length, documents, crc], …]}],  // crc: CRC-32C of the stored bytes
 *   "complete": true,
 *   "checksum": "…" }                                            // SHA-256 of the text before this field
 * }</pre>
 *
 * Offsets count from the beginning of the volume in which a frame begins; it may go on into the next. Unknown fields are
 * ignored, other versions are not.
 */
public final class ManifestJson {

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
    public static byte[] write(Manifest manifest) {
        return SealedJson.seal(ManifestWriter.write(manifest));
    }

    /**
     * Reads a manifest.
     *
     * @param json the text in UTF-8
     * @param store the store in words, for the message of an exception
     * @param file what the manifest is called there, for the same
     * @return the manifest
     * @throws BackupStoreException if it is damaged, is none, or is of a version that is not known here
     */
    public static Manifest read(byte[] json, String store, String file) {
        requireKnownVersion(json, store, file);
        try {
            return ManifestReader.read(SealedJson.open(json));
        } catch (RuntimeException e) {
            // Whatever the text makes the JSON reader throw, the text is what is wrong.
            throw new BackupStoreException(
                    store,
                    "the manifest '" + file + "' is damaged (" + e.getMessage() + ")",
                    "Bring the file back from a copy, or restore its archive by the path of the file; delete both if they"
                            + " are not needed.",
                    e);
        }
    }

    private static void requireKnownVersion(byte[] json, String store, String file) {
        String beginning = new String(json, 0, Math.min(json.length, 200), StandardCharsets.UTF_8);
        Matcher matcher = OTHER_VERSION.matcher(beginning);
        if (matcher.find() && !matcher.group(1).equals(Integer.toString(VERSION))) {
            throw new BackupStoreException(
                    store,
                    "the manifest '" + file + "' is of version " + matcher.group(1)
                            + ", and this Monarch knows version " + VERSION,
                    "Use the version of Monarch that took the backup, or a later one.",
                    null);
        }
    }
}
