package dev.monarch.spring.boot.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of Monarch. docs/monitoring.md lists their names and keys. */
public enum MonarchObservation implements ObservationDocumentation {

    /** An operation: a run of migrations, a migration, a rollback, a backup, a restore and so on. */
    OPERATION {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultMonarchObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinality.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinality.values();
        }
    };

    /** Keys of metrics and traces. */
    public enum LowCardinality implements KeyName {
        /** What is done: {@code run}, {@code migration}, {@code backup} and so on. */
        OPERATION("operation"),
        /**
         * The environment that is read or changed; {@code none} if no environment is. The name is long because many
         * applications have a common key {@code environment}.
         */
        ENVIRONMENT("monarch.environment"),
        /** How it ended, as {@link Outcome} says. */
        OUTCOME("outcome");

        private final String key;

        LowCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Keys of traces only. */
    public enum HighCardinality implements KeyName {
        /** What is read or run: a migration, a backup, the source of a copy, a schedule; {@code none} without one. */
        SUBJECT("monarch.subject"),
        /** The name of the backup that was taken or copied; {@code none} without one. */
        BACKUP("monarch.backup"),
        /** What limited the transfer, such as {@code compressor 71 %, source 22 %}; {@code none} without one. */
        LIMITED_BY("monarch.limited.by");

        private final String key;

        HighCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** How an operation ended. */
    public enum Outcome {
        /** It has not ended. */
        UNKNOWN,
        /** It did what it should. */
        SUCCESS,
        /** It failed, or a pruning could not remove a backup. */
        FAILURE,
        /** It was interrupted, for example because the application stopped. */
        INTERRUPTED,
        /** A verification found that the backup is damaged. */
        DAMAGED
    }
}
