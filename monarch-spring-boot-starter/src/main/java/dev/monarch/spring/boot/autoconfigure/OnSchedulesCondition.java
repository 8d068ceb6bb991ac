package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if {@code monarch.backups.schedules} has at least one entry. */
final class OnSchedulesCondition extends RuntimeCondition {

    private static final Bindable<List<Map<String, Object>>> ENTRIES = Bindable.of(ResolvableType.forClassWithGenerics(
            List.class, ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class)));

    @Override
    ConditionOutcome outcome(Environment environment, AnnotatedTypeMetadata metadata) {
        List<?> schedules = Binder.get(environment)
                .bind(ConfiguredSchedules.PROPERTY, ENTRIES)
                .orElse(List.of());
        return new ConditionOutcome(
                !schedules.isEmpty(),
                ConditionMessage.forCondition(ConfiguredSchedules.PROPERTY).because("it has " + schedules.size()));
    }
}
