package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.engine.lock.Uninterrupted;

/** Writes a backup to a directory: its data, then its manifest, each under a temporary name first. */
final class LocalUpload implements BackupUpload {

    private static final Logger log = LoggerFactory.getLogger(LocalUpload.class);

    private final BackupFolder folder;

    private final String name;

    private final String extension;

    private final NameReservation reservation;

    private final PartFile part;

    /** The started renames to final names, in their order. */
    private final List<Rename> renames = new ArrayList<>();

    /** No more data is accepted. */
    private volatile boolean sealed;

    private boolean ended;

    /** A rename of a file that no one else moves. If the file is gone, it has its final name. */
    private record Rename(Path from, Path to) {

        /**
         * {@return whether the rename happened} On a network drive, a rename may report a failure but have happened.
         */
        boolean hasHappened() throws IOException {
            try {
                Files.readAttributes(from, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                return false;
            } catch (NoSuchFileException e) {
                return true;
            }
        }
    }

    private LocalUpload(
            BackupFolder folder, String name, String extension, NameReservation reservation, PartFile part) {
        this.folder = folder;
        this.name = name;
        this.extension = extension;
        this.reservation = reservation;
        this.part = part;
    }

    static LocalUpload begin(BackupFolder folder, String name, String extension, NameReservation reservation)
            throws IOException {
        PartFile part = null;
        try {
            folder.createFile(folder.part(name));
            part = new PartFile(folder.part(name));
            return new LocalUpload(folder, name, extension, reservation, part);
        } finally {
            if (part == null) {
                reservation.abandon();
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        requireOpen();
        try {
            part.append(bytes, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void cut(List<Span> spans) throws IOException {
        requireOpen();
        try {
            part.cut(spans);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public InputStream contents() throws IOException {
        requireOpen();
        return part.contents();
    }

    private void requireOpen() throws IOException {
        if (sealed) {
            throw new IOException("The upload of '" + name + "' has ended");
        }
    }

    @Override
    public Manifest complete(Manifest manifest) {
        Uninterrupted.run(() -> publish(manifest));
        return manifest;
    }

    private synchronized void publish(Manifest manifest) {
        try {
            requireOpen();
            sealed = true;
            part.force();
            part.close();
            publish(folder.part(name), folder.data(name, extension));
            write(folder.manifestPart(name), manifest.toJson());
            publish(folder.manifestPart(name), folder.manifest(name));
            ended = true;
        } catch (IOException e) {
            throw failed(e);
        }
        releaseName();
    }

    private void publish(Path from, Path to) throws IOException {
        renames.add(new Rename(from, to));
        folder.rename(from, to);
        folder.sync();
    }

    private void write(Path file, byte[] bytes) throws IOException {
        folder.createFile(file);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(bytes);
            open.getFD().sync();
        }
    }

    private void releaseName() {
        try {
            reservation.close();
        } catch (IOException e) {
            log.debug("The name '{}' could not be released; the next backup releases it", name, e);
        }
    }

    private BackupStoreException failed(IOException e) {
        return folder.problem("the backup '" + name + "' cannot be written", e);
    }

    @Override
    public void close() {
        Uninterrupted.run(this::remove);
    }

    private synchronized void remove() {
        if (ended) {
            return;
        }
        ended = true;
        sealed = true;
        try {
            part.close();
            for (int i = renames.size() - 1; i >= 0; i--) {
                if (renames.get(i).hasHappened()) {
                    folder.delete(renames.get(i).to());
                }
            }
            folder.delete(folder.manifestPart(name));
            folder.delete(folder.part(name));
            releaseName();
        } catch (IOException e) {
            reservation.abandon();
            log.warn(
                    "Could not remove the files of '{}' from {} ({}); the next backup removes them",
                    name,
                    folder.description(),
                    e.getMessage());
        }
    }
}
