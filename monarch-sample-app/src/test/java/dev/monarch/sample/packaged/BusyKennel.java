package dev.monarch.sample.packaged;

import java.util.List;
import java.util.Optional;

import com.mongodb.client.model.Filters;
import org.bson.RawBsonDocument;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.monarch.backfill.Backfill;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.environment.Approval;
import dev.monarch.sample.KennelApplication;

/** The kennel with a backfill, and with beans that back up, restore and copy all the time if they are told to. */
@TestComponent // Tests of the kennel itself do not scan it.
@SpringBootApplication(proxyBeanMethods = false, scanBasePackageClasses = KennelApplication.class)
class BusyKennel {

    static final String BACKFILL = "202612011200-badge";

    /** The environment that is restored into. */
    static final String RESTORED = "restored";

    /** The environment that is copied into. */
    static final String COPIED = "copied";

    static final String AT_WORK = "The kennel is at work";

    /** A backfill as fast as possible, also on a busy machine. */
    static final List<String> FAST = List.of("--monarch.backfills.duty-cycle=1", "--monarch.backfills.back-off=false");

    public static void main(String[] arguments) {
        SpringApplication.run(BusyKennel.class, arguments);
    }

    /** Gives each dog a badge. One dog, if it is named, gets none until it is marked as corrected. */
    @Backfill(BACKFILL)
    static class Badge implements DocumentBackfill {

        private final String difficult;

        Badge(@Value("${busy.difficult:}") String difficult) {
            this.difficult = difficult;
        }

        @Override
        public BackfillSource source() {
            return BackfillSource.of("dogs", Filters.exists("badge", false));
        }

        @Override
        public Change change(RawBsonDocument dog) {
            String id = dog.getString("_id").getValue();
            if (id.equals(difficult) && !dog.containsKey("corrected")) {
                throw new IllegalStateException("this dog has no badge");
            }
            return Change.set("badge", "B-" + id);
        }
    }

    @Component
    @ConditionalOnBooleanProperty("busy.at-work")
    static class Work {

        private final BackupService backups;

        private final RestoreService restores;

        private final CopyService copies;

        Work(BackupService backups, RestoreService restores, CopyService copies) {
            this.backups = backups;
            this.restores = restores;
            this.copies = copies;
        }

        @EventListener
        void begin(ApplicationReadyEvent ready) {
            String backup =
                    backups.backup(BackupRequest.of("default").named("first")).name();
            begin("backup", () -> backups.backup(BackupRequest.of("default")));
            begin(
                    "restore",
                    () -> restores.restore(
                            RestoreRequest.of(BackupSource.stored(backup), RESTORED), Approval.naming(RESTORED)));
            begin("copy", () -> copies.copy(CopyRequest.of("default", COPIED), Approval.naming(COPIED)));
            System.out.println(AT_WORK);
        }

        private static void begin(String name, Runnable work) {
            Thread thread = new Thread(
                    () -> {
                        Optional<RuntimeException> end = Optional.empty();
                        while (end.isEmpty()) {
                            end = endOf(work);
                        }
                        System.out.println("The " + name + " has ended: " + end.get());
                    },
                    name);
            thread.setDaemon(true);
            thread.start();
        }

        private static Optional<RuntimeException> endOf(Runnable work) {
            try {
                work.run();
                return Optional.empty();
            } catch (RuntimeException e) {
                return Optional.of(e);
            }
        }
    }
}
