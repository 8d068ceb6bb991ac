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
 * Reads slowly while secondaries of the source cannot keep up with its primary, and at full speed again once they can.
 *
 * <p>How far they are behind is what the driver's monitors have heard, the estimate of the specification "Max Staleness",
 * section "Client". Slow is not stopped: who lags for reasons of its own must not keep a backup from its end.
 */
final class LagBackOff {

    /** Where the server's own flow control begins to hold writes back, {@code flowControlTargetLagSeconds}. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final DataSize SLOW = DataSize.ofMegabytes(4);

    private static final Logger log = LoggerFactory.getLogger(LagBackOff.class);

    private final String environment;

    private final Supplier<ClusterDescription> cluster;

    private final Duration limit;

    private final TransferRate slow;

    private final AtomicBoolean slowed = new AtomicBoolean();

    LagBackOff(String environment, Supplier<ClusterDescription> cluster) {
        this(environment, cluster, LIMIT, SLOW);
    }

    LagBackOff(String environment, Supplier<ClusterDescription> cluster, Duration limit, DataSize slow) {
        this.environment = environment;
        this.cluster = cluster;
        this.limit = limit;
        this.slow = TransferRate.of(slow);
    }

    /** Waits, if somebody lags, until it is the turn of what comes after these bytes. */
    void pass(int bytes) {
        Optional<Lag> lag = longest().filter(longest -> longest.duration().compareTo(limit) > 0);
        if (lag.isPresent()) {
            if (slowed.compareAndSet(false, true)) {
                log.warn(
                        "Reading '{}' slowly: {} is {} s behind the primary",
                        environment,
                        lag.get().secondary(),
                        lag.get().duration().toSeconds());
            }
            slow.pass(bytes);
        } else if (slowed.compareAndSet(true, false)) {
            log.info("Reading '{}' at full speed again", environment);
        }
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

    /** When a server had last written, before it was asked: only differences between servers mean something. */
    private static long lastWrite(ServerDescription server) {
        long written = Objects.requireNonNull(server.getLastWriteDate()).getTime();
        return written - server.getLastUpdateTime(TimeUnit.MILLISECONDS);
    }
}
