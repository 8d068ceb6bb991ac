package dev.monarch.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Binds {@code monarch.migrations.run-at} as the properties do, so that every spelling of a value works. */
final class OnRunAtCondition extends SpringBootCondition {

    private static final String PROPERTY = "monarch.migrations.run-at";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        RunAt actual =
                Binder.get(context.getEnvironment()).bind(PROPERTY, RunAt.class).orElse(RunAt.STARTUP);
        List<RunAt> wanted = Arrays.asList(
                metadata.getAnnotations().get(ConditionalOnRunAt.class).getEnumArray("value", RunAt.class));
        return new ConditionOutcome(
                wanted.contains(actual), ConditionMessage.forCondition(PROPERTY).because("it is " + actual));
    }
}
