package dev.monarch.spring.boot.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/** The gauges of Monarch. docs/monitoring.md lists their names and keys. A gauge whose value is unknown is NaN. */
public enum MonarchGauge implements MeterDocumentation {

    /** How many migrations the next run would start. */
    MIGRATIONS_PENDING("monarch.migrations.pending", null, "Migrations that the next run would start", Key.ENVIRONMENT),

    /** How many migrations failed, or were interrupted because their process died, of any version of the application. */
    MIGRATIONS_FAILED("monarch.migrations.failed", null, "Migrations that failed or were interrupted", Key.ENVIRONMENT),

    /** 1 if a restore or copy was interrupted while it replaced data, else 0. */
    SWAPS_INTERRUPTED("monarch.swaps.interrupted", null, "Replacements of data that were interrupted", Key.ENVIRONMENT),

    /** How many backfills are not done. */
    BACKFILLS_UNFINISHED("monarch.backfills.unfinished", null, "Backfills that are not done", Key.ENVIRONMENT),

    /** How many backfills failed. */
    BACKFILLS_FAILED("monarch.backfills.failed", null, "Backfills that failed", Key.ENVIRONMENT),

    /** How many documents could not be changed by backfills. */
    BACKFILLS_SET_ASIDE(
            "monarch.backfills.set.aside", "documents", "Documents that backfills have set aside", Key.ENVIRONMENT),

    /** How much of its current pass a backfill has done, from 0 to 1; 1 if it is done. */
    BACKFILL_PROGRESS(
            "monarch.backfill.progress",
            null,
            "Share of the current pass of a backfill",
            Key.ENVIRONMENT,
            Key.BACKFILL),

    /** How long ago the newest whole backup started; infinite if there is none. */
    BACKUP_AGE("monarch.backup.age", "seconds", "Time since the newest whole backup started", Key.ENVIRONMENT),

    /** How many complete backups a store has. */
    BACKUPS("monarch.backups", null, "Complete backups in the store", Key.STORE),

    /** How large the complete backups in a store are. */
    BACKUPS_SIZE("monarch.backups.size", "bytes", "Stored size of the complete backups in the store", Key.STORE);

    private final String key;

    private final @Nullable String unit;

    private final String description;

    private final Key[] labels;

    MonarchGauge(String key, @Nullable String unit, String description, Key... labels) {
        this.key = key;
        this.unit = unit;
        this.description = description;
        this.labels = labels;
    }

    @Override
    public String getName() {
        return key;
    }

    @Override
    public @Nullable String getBaseUnit() {
        return unit;
    }

    @Override
    public Meter.Type getType() {
        return Meter.Type.GAUGE;
    }

    @Override
    public KeyName[] getKeyNames() {
        return labels.clone();
    }

    String description() {
        return description;
    }

    /** Keys of the gauges. */
    public enum Key implements KeyName {
        /** An environment. */
        ENVIRONMENT("monarch.environment"),
        /** A backfill. */
        BACKFILL("monarch.backfill"),
        /** A store for backups. */
        STORE("monarch.store");

        private final String key;

        Key(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
