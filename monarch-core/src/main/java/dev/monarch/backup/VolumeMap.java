package dev.monarch.backup;

import java.util.Arrays;
import java.util.List;

/** Where in an archive its volumes begin. */
final class VolumeMap {

    private final long[] begins;

    VolumeMap(List<BackupArchive.Volume> volumes) {
        begins = new long[volumes.size()];
        for (int i = 1; i < begins.length; i++) {
            begins[i] = begins[i - 1] + volumes.get(i - 1).length();
        }
    }

    /** Returns the volume that has the byte at an offset of the archive; the last one for what is beyond its end. */
    int volumeAt(long offset) {
        int found = Arrays.binarySearch(begins, offset);
        return found >= 0 ? found : -found - 2;
    }

    long beginOf(int volume) {
        return begins[volume];
    }
}
