package dev.monarch.backup;

import java.util.List;

import org.bson.BsonArray;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;

/**
 * A frame as a manifest writes it: {@code [volume, offset, length, documents, crc]}.
 *
 * @param volume the index of the volume in which it begins
 * @param offset where it begins, from the beginning of that volume
 * @param length its length in bytes
 * @param documents the number of its documents
 * @param crc the CRC-32C of the stored bytes
 */
record WrittenFrame(int volume, long offset, long length, int documents, long crc) {

    static WrittenFrame of(ArchiveFrame frame, VolumeMap volumes) {
        int volume = volumes.volumeAt(frame.offset());
        return new WrittenFrame(
                volume, frame.offset() - volumes.beginOf(volume), frame.length(), frame.documents(), frame.crc());
    }

    static WrittenFrame of(BsonArray array) {
        List<Long> numbers =
                array.stream().map(number -> number.asNumber().longValue()).toList();
        return new WrittenFrame(
                Math.toIntExact(numbers.get(0)),
                numbers.get(1),
                numbers.get(2),
                Math.toIntExact(numbers.get(3)),
                numbers.get(4));
    }

    ArchiveFrame in(VolumeMap volumes) {
        return new ArchiveFrame(volumes.beginOf(volume) + offset, length, documents, crc);
    }
}
