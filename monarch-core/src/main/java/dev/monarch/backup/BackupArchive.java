package dev.monarch.backup;

import java.util.List;
import java.util.regex.Pattern;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.engine.Checks;

/**
 * The stored archive of a backup.
 *
 * @param compression how it is compressed: {@code zstd}, {@code gzip}, {@code none}
 * @param length its length in bytes
 * @param sha256 the SHA-256 of its bytes, as 64 hexadecimal digits
 * @param beginning the first frame, which describes the collections and contains no documents
 * @param volumes the parts in which it is stored, in order; the sum of their lengths is {@code length}
 */
public record BackupArchive(
        String compression, long length, String sha256, ArchiveFrame beginning, List<Volume> volumes) {

    /**
     * Creates an archive.
     *
     * @throws IllegalArgumentException if there is no volume, or the volumes do not have the archive's length
     */
    public BackupArchive {
        volumes = List.copyOf(volumes);
        Checks.notEmpty("volumes", volumes);
        long sum = volumes.stream().mapToLong(Volume::length).sum();
        if (sum != length) {
            throw new IllegalArgumentException(
                    "the volumes have " + sum + " bytes in total, but the archive has " + length);
        }
    }

    /**
     * Returns the same archive in other volumes.
     *
     * @param other the volumes
     * @return the archive
     * @throws IllegalArgumentException if the volumes do not have the archive's length
     */
    public BackupArchive in(List<Volume> other) {
        return new BackupArchive(compression, length, sha256, beginning, other);
    }

    /**
     * One part of an archive.
     *
     * @param extension the extension of the file or object, after the backup's name: {@code .archive.zst}
     * @param length its length in bytes
     * @param sha256 the SHA-256 of its bytes, as 64 hexadecimal digits
     */
    public record Volume(String extension, long length, String sha256) {

        private static final Pattern EXTENSION = Pattern.compile("(\\.[A-Za-z0-9]+)+");

        /**
         * Creates a volume.
         *
         * @throws IllegalArgumentException if the extension has other characters than dots, letters and digits, or the
         *     length is negative
         */
        public Volume {
            if (!isExtension(extension)) {
                throw new IllegalArgumentException("'" + extension + "' is not a valid file extension");
            }
            Checks.atLeast("length", length, 0);
        }

        static boolean isExtension(String text) {
            return EXTENSION.matcher(text).matches();
        }
    }
}
