package dev.monarch.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process that stores sample backups; tests race and kill it. */
final class StoreProcess {

    static final int ROUNDS = 10;

    private StoreProcess() {}

    public static void main(String[] arguments) throws IOException {
        LocalBackupStore store = new LocalBackupStore(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "race" -> race(store, Path.of(arguments[2]));
            case "hang" -> hang(store);
            case "starve" -> starve(store);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void race(LocalBackupStore store, Path go) {
        System.out.println("READY");
        while (!Files.exists(go)) {
            LockSupport.parkNanos(1_000_000);
        }
        for (int round = 0; round < ROUNDS; round++) {
            LocalBackupStoreTests.store(store, Manifests.of("race"));
        }
    }

    private static void hang(LocalBackupStore store) throws IOException {
        try (BackupUpload upload = store.begin("kennel", ".archive.zst")) {
            upload.write(Manifests.CONTENT, 0, Manifests.CONTENT.length);
            System.out.println("WRITING");
            while (true) {
                LockSupport.park();
            }
        }
    }

    /** Fails because there is not enough memory outside the heap, and tries again when there is. */
    private static void starve(LocalBackupStore store) {
        ByteBuffer taken = ByteBuffer.allocateDirect(4 * 1024 * 1024);
        try {
            LocalBackupStoreTests.store(store, Manifests.of("kennel"));
        } catch (OutOfMemoryError e) {
            System.out.println("STARVED " + taken.capacity());
        }
        taken = null;
        LocalBackupStoreTests.store(store, Manifests.of("kennel"));
    }
}
