package dev.monarch.backup;

import java.util.Arrays;
import java.util.List;

/** Maps offsets in an archive to its volumes. */
final class VolumeMap {

    private final long[] begins;

    VolumeMap(List<BackupArchive.Volume> volumes) {
        begins = new long[volumes.size()];
        for (int i = 1; i < begins.length; i++) {
            begins[i] = begins[i - 1] + volumes.get(i - 1).length();
        }
    }

    /** {@return the volume with the byte at an offset of the archive; the last volume for offsets beyond its end} */
    int volumeAt(long offset) {
        int found = Arrays.binarySearch(begins, offset);
        return found >= 0 ? found : -found - 2;
    }

    long beginOf(int volume) {
        return begins[volume];
    }
}
