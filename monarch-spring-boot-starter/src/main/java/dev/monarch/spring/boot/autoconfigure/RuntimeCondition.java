package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * A condition on Monarch's properties that is evaluated at each start of an application, even if the application was built
 * with ahead-of-time processing. A condition of Spring Boot would only be evaluated at build time.
 *
 * <p>While an application is processed, it matches. {@link RuntimeConditions} evaluates it when the result starts.
 */
abstract sealed class RuntimeCondition extends SpringBootCondition
        permits OnRunAtCondition, OnSchedulesCondition, OnSettingCondition {

    @Override
    public final ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
                ? ConditionOutcome.match(ConditionMessage.of("evaluated at each start"))
                : outcome(context.getEnvironment(), metadata);
    }

    /**
     * Evaluates the condition.
     *
     * @param environment the properties of the application
     * @param metadata the annotations of the class or method that has the condition
     */
    abstract ConditionOutcome outcome(Environment environment, AnnotatedTypeMetadata metadata);
}
