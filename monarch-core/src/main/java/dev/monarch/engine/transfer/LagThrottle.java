package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Slows down reading while secondaries of the source lag behind its primary.
 *
 * <p>The lag comes from the driver's monitors, estimated as in the specification "Max Staleness", section "Client".
 * Reading never stops, so that a secondary that lags for other reasons cannot block a backup.
 */
final class LagThrottle {

    /** The lag at which the server's flow control starts to throttle writes ({@code flowControlTargetLagSeconds}). */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final DataSize SLOW = DataSize.ofMegabytes(4);

    private static final Logger log = LoggerFactory.getLogger(LagThrottle.class);

    private final String environment;

    private final Supplier<ClusterDescription> cluster;

    private final Duration limit;

    private final RateLimit slow;

    private final AtomicBoolean slowed = new AtomicBoolean();

    LagThrottle(String environment, Supplier<ClusterDescription> cluster) {
        this(environment, cluster, LIMIT, SLOW);
    }

    LagThrottle(String environment, Supplier<ClusterDescription> cluster, Duration limit, DataSize slow) {
        this.environment = environment;
        this.cluster = cluster;
        this.limit = limit;
        this.slow = RateLimit.of(slow);
    }

    /** Waits after reading bytes if a secondary lags. Returns how long it waited, in nanoseconds. */
    long pass(int bytes) {
        Optional<Lag> lag = longest().filter(longest -> longest.duration().compareTo(limit) > 0);
        if (lag.isPresent()) {
            if (slowed.compareAndSet(false, true)) {
                log.warn(
                        "Reading '{}' slowly: {} is {} s behind the primary",
                        environment,
                        lag.get().secondary(),
                        lag.get().duration().toSeconds());
            }
            return slow.pass(bytes);
        }
        if (slowed.compareAndSet(true, false)) {
            log.info("Reading '{}' at full speed again", environment);
        }
        return 0;
    }

    /** {@return how far the slowest secondary is behind; zero without secondaries} */
    Duration lag() {
        return longest().map(Lag::duration).orElse(Duration.ZERO);
    }

    private record Lag(String secondary, Duration duration) {}

    private Optional<Lag> longest() {
        List<ServerDescription> servers = cluster.get().getServerDescriptions().stream()
                .filter(server -> server.getLastWriteDate() != null)
                .toList();
        return servers.stream()
                .filter(ServerDescription::isPrimary)
                .findAny()
                .flatMap(primary -> servers.stream()
                        .filter(ServerDescription::isSecondary)
                        .map(secondary -> new Lag(
                                secondary.getAddress().toString(),
                                Duration.ofMillis(lastWrite(primary) - lastWrite(secondary))))
                        .max(Comparator.comparing(Lag::duration)));
    }

    /**
     * The time of a server's last write, relative to the time of the monitor's check. Only differences between
     * servers are meaningful.
     */
    private static long lastWrite(ServerDescription server) {
        long written = Objects.requireNonNull(server.getLastWriteDate()).getTime();
        return written - server.getLastUpdateTime(TimeUnit.MILLISECONDS);
    }
}
