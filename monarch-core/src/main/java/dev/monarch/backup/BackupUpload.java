package dev.monarch.backup;

import dev.monarch.archive.ArchiveOutput;

/**
 * An upload of a backup to a store. The backup is not listed before {@link #complete} has written its manifest.
 *
 * <p>Used by one thread at a time. {@link #close()} may be called by another thread, also during a write. Failures of
 * the store are {@link dev.monarch.BackupStoreException}s, also while writing. After {@link #complete} or {@link
 * #close()}, the methods to write, cut and read throw an {@link java.io.IOException}. A store may also refuse writes
 * after {@link #contents} was called.
 */
public interface BackupUpload extends ArchiveOutput, AutoCloseable {

    /**
     * Returns the final name of the backup.
     *
     * @return a name that is unique in the store
     */
    String name();

    /**
     * Completes the backup: makes the data durable, then writes the manifest. Not interruptible.
     *
     * @param manifest the manifest, with the data as one volume
     * @return the stored manifest; it has several volumes if the store has split the data
     * @throws dev.monarch.BackupStoreException if the backup cannot be completed, or the upload has ended; {@link
     *     #close()} then removes everything, if the store is reachable
     */
    Manifest complete(Manifest manifest);

    /**
     * Aborts the upload and removes its files. Has no effect once the backup is complete. Works on an interrupted
     * thread.
     */
    @Override
    void close();
}
