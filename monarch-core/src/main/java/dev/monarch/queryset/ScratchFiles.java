package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.List;

/** The temporary files of one reference walk. */
final class ScratchFiles implements AutoCloseable {

    private final List<ScratchFile> open = new ArrayList<>();

    ScratchFile create() {
        ScratchFile file = ScratchFile.create();
        open.add(file);
        return file;
    }

    void discard(ScratchFile file) {
        open.remove(file);
        file.close();
    }

    @Override
    public void close() {
        open.forEach(ScratchFile::close);
        open.clear();
    }
}
