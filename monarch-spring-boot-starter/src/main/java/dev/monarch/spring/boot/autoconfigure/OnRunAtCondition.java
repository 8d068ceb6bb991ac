package dev.monarch.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Binds {@code monarch.migrations.run-at} as the properties do, so that every spelling of a value works. */
final class OnRunAtCondition extends RuntimeCondition {

    private static final String PROPERTY = "monarch.migrations.run-at";

    @Override
    ConditionOutcome outcome(Environment environment, AnnotatedTypeMetadata metadata) {
        RunAt actual = Binder.get(environment).bind(PROPERTY, RunAt.class).orElse(RunAt.STARTUP);
        List<RunAt> wanted = Arrays.asList(
                metadata.getAnnotations().get(ConditionalOnRunAt.class).getEnumArray("value", RunAt.class));
        return new ConditionOutcome(
                wanted.contains(actual), ConditionMessage.forCondition(PROPERTY).because("it is " + actual));
    }
}
