package dev.monarch.backup;

import java.io.FileDescriptor;
import java.io.SyncFailedException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces a file to the disk while it is still being written, so that little is left to force in the end; a system left to
 * itself begins once a tenth of its memory waits to be written.
 */
final class WriteBehind implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WriteBehind.class);

    private static final long BYTES = 64L * 1024 * 1024;

    private final FileDescriptor file;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "monarch-write-behind");
        daemon.setDaemon(true);
        return daemon;
    });

    private final AtomicBoolean underWay = new AtomicBoolean();

    private long waiting;

    WriteBehind(FileDescriptor file) {
        this.file = file;
    }

    /** Takes notice of bytes that were written; does not wait. */
    void written(int length) {
        waiting += length;
        if (waiting >= BYTES && underWay.compareAndSet(false, true)) {
            waiting = 0;
            thread.execute(this::force);
        }
    }

    private void force() {
        try {
            file.sync();
        } catch (SyncFailedException e) {
            // Who completes the file forces it again, and is told.
            log.debug("A file could not be forced to the disk yet", e);
        } finally {
            underWay.set(false);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
