package dev.monarch.sample.server;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if no {@code spring.mongodb} property is set, in any source. */
final class NoServerConfigured extends SpringBootCondition {

    private static final String PREFIX = "spring.mongodb";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean configured = Binder.get(context.getEnvironment())
                .bind(PREFIX, Bindable.mapOf(String.class, Object.class))
                .isBound();
        ConditionMessage.Builder message = ConditionMessage.forCondition("No server configured");
        return configured
                ? ConditionOutcome.noMatch(message.because(PREFIX + " is set"))
                : ConditionOutcome.match(message.because(PREFIX + " is not set"));
    }
}
