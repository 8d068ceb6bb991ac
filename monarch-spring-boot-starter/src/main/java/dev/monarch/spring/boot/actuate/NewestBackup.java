package dev.monarch.spring.boot.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupStores;
import dev.monarch.spring.boot.status.WholeBackups;

/**
 * Checks that an environment has a whole backup that is recent enough.
 *
 * <p>Listing a store may be expensive and a probe is frequent. So the stores are listed only when the newest backup that is
 * known is too old, and at most once a minute.
 */
final class NewestBackup {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final BackupStores stores;

    private final Duration maxAge;

    private final Clock clock;

    private volatile @Nullable Instant newest;

    private volatile @Nullable Instant listed;

    NewestBackup(BackupStores stores, Duration maxAge, Clock clock) {
        this.stores = stores;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** {@return what is wrong with the backups of an environment, as a sentence; nothing if the newest is young enough} */
    synchronized Optional<String> problem(String environment) {
        Instant now = clock.instant();
        if (isTooOld(now) && (listed == null || !listed.plus(PAUSE).isAfter(now))) {
            newest = newestOf(environment);
            listed = now;
        }
        if (!isTooOld(now)) {
            return Optional.empty();
        }
        return Optional.of(
                newest == null
                        ? "There is no whole backup of '" + environment + "'."
                        : "The newest whole backup of '" + environment + "' is from " + newest + ", which is more than "
                                + maxAge.toMinutes() + " min ago.");
    }

    private boolean isTooOld(Instant now) {
        return newest == null || newest.plus(maxAge).isBefore(now);
    }

    private @Nullable Instant newestOf(String environment) {
        return WholeBackups.newestOf(
                        stores.names().stream().flatMap(store -> stores.get(store).list().stream()), environment)
                .orElse(null);
    }
}
