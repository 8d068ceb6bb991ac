package dev.monarch.backup;

import dev.monarch.archive.ArchiveOutput;

/**
 * A backup on its way into a store; nothing of it is listed before {@link #complete} has written its manifest.
 *
 * <p>Used by one thread at a time; {@link #close()} may come from another, and while something is being written. What goes
 * wrong with the store is a {@link dev.monarch.BackupStoreException}, which writing may throw too. After {@link #complete} or
 * {@link #close()} nothing more is taken: writing, cutting and reading the contents throw an {@link java.io.IOException}. A
 * store may refuse writing in the same way once the contents were read.
 */
public interface BackupUpload extends ArchiveOutput, AutoCloseable {

    /**
     * Returns what the backup is going to be called.
     *
     * @return a name no other backup in the store has or gets
     */
    String name();

    /**
     * Ends the backup: makes the data durable, and only then writes the manifest. To its end even if the caller is interrupted.
     *
     * @param manifest what is known of the backup, with the data as one volume
     * @return the manifest as it is stored; with several volumes if the store has cut the data into some
     * @throws dev.monarch.BackupStoreException if that cannot be done, or the upload has ended; {@link #close()} then leaves
     *     nothing of the backup, as far as the store can be reached
     */
    Manifest complete(Manifest manifest);

    /** Gives the backup up and leaves nothing of it; does nothing once it is complete. Works on an interrupted thread. */
    @Override
    void close();
}
