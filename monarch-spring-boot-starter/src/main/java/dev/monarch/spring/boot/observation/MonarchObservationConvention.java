package dev.monarch.spring.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Chooses the name and the key values of an observed operation. A bean of this type replaces the default. */
public interface MonarchObservationConvention extends ObservationConvention<MonarchObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof MonarchObservationContext;
    }
}
