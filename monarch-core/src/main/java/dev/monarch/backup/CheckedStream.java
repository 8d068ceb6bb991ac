package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.engine.Sha256;
import dev.monarch.engine.archive.FrameInspection;

/** Reads the stored data of a backup and compares it with the checksums in its manifest. */
final class CheckedStream extends InputStream {

    private final InputStream stream;

    private final MessageDigest sha256 = Sha256.begin();

    private final List<PlacedFrame> frames;

    private final List<PlacedFrame> damaged = new ArrayList<>();

    private final CRC32C checksum = new CRC32C();

    private long position;

    private int next;

    /**
     * A frame and its documents.
     *
     * @param collection the collection of its documents
     * @param before how many documents of the collection precede it
     */
    record PlacedFrame(String collection, long before, ArchiveFrame frame) {

        String documents() {
            return "documents " + (before + 1) + " to " + (before + frame.documents());
        }

        /** {@return a description of the damage, as precise as the stored bytes allow} */
        String damage(byte[] stored) {
            String all = documents() + " are damaged or missing";
            FrameInspection.Place place = FrameInspection.firstUnreadable(stored, frame.documents());
            if (place == null) {
                return all + "; all of them can be read";
            }
            return all + ", the first that cannot be read is document " + (before + place.before() + 1)
                    + (place.idBefore() == null ? "" : ", which follows the one with " + place.idBefore());
        }

        long end() {
            return frame.offset() + frame.length();
        }
    }

    private CheckedStream(InputStream stream, List<PlacedFrame> frames) {
        this.stream = stream;
        this.frames = frames;
    }

    /** {@return a stream of the whole data that checks all frames of all collections} */
    static CheckedStream of(InputStream stream, List<BackedUpCollection> collections) {
        return new CheckedStream(stream, placed(collections));
    }

    /** {@return a stream of selected, concatenated frames that checks them} */
    static CheckedStream ofPart(InputStream stream, List<PlacedFrame> frames) {
        List<PlacedFrame> concatenated = new ArrayList<>();
        long offset = 0;
        for (PlacedFrame placed : frames) {
            ArchiveFrame frame = placed.frame();
            concatenated.add(new PlacedFrame(
                    placed.collection(),
                    placed.before(),
                    new ArchiveFrame(offset, frame.length(), frame.documents(), frame.crc())));
            offset += frame.length();
        }
        return new CheckedStream(stream, concatenated);
    }

    /** {@return the frames of collections in the order of the archive} */
    static List<PlacedFrame> placed(List<BackedUpCollection> collections) {
        List<PlacedFrame> placed = new ArrayList<>();
        for (BackedUpCollection collection : collections) {
            long documents = 0;
            for (ArchiveFrame frame : collection.totals().frames()) {
                placed.add(new PlacedFrame(collection.name(), documents, frame));
                documents += frame.documents();
            }
        }
        placed.sort(Comparator.comparing(each -> each.frame().offset()));
        return placed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = stream.read(bytes, offset, length);
        if (read > 0) {
            sha256.update(bytes, offset, read);
            checkFrames(bytes, offset, read);
            position += read;
        }
        return read;
    }

    private void checkFrames(byte[] bytes, int offset, int length) {
        long end = position + length;
        while (next < frames.size() && frames.get(next).frame().offset() < end) {
            PlacedFrame frame = frames.get(next);
            long from = Math.max(position, frame.frame().offset());
            long to = Math.min(end, frame.end());
            if (to > from) {
                checksum.update(bytes, offset + (int) (from - position), (int) (to - from));
            }
            if (frame.end() > end) {
                return;
            }
            endFrame(frame);
        }
    }

    private void endFrame(PlacedFrame frame) {
        if (checksum.getValue() != frame.frame().crc()) {
            damaged.add(frame);
        }
        checksum.reset();
        next++;
    }

    /**
     * Reads the rest of the stream and compares the whole with its manifest. Can be called once.
     *
     * @param manifest describes the whole stream; null if there is none, or the stream is only a part
     * @return the differences, as clauses
     */
    List<String> differences(@Nullable Manifest manifest) throws IOException {
        transferTo(OutputStream.nullOutputStream());
        if (manifest == null) {
            return List.of();
        }
        List<String> differences = new ArrayList<>();
        BackupArchive expected = manifest.archive();
        if (position != expected.length()) {
            differences.add("the data has " + position + " bytes, but the manifest has " + expected.length());
        }
        if (!HexFormat.of().formatHex(sha256.digest()).equals(expected.sha256())) {
            differences.add("the SHA-256 of the data differs from that in the manifest");
        }
        return differences;
    }

    /** {@return the frames that are damaged or missing} */
    List<PlacedFrame> damaged() {
        List<PlacedFrame> all = new ArrayList<>(damaged);
        all.addAll(frames.subList(next, frames.size()));
        return all;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
