package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Evaluates {@link ConditionalOnSetting}. */
final class OnSettingCondition extends RuntimeCondition {

    @Override
    ConditionOutcome outcome(Environment environment, AnnotatedTypeMetadata metadata) {
        MergedAnnotation<ConditionalOnSetting> setting =
                metadata.getAnnotations().get(ConditionalOnSetting.class);
        String property = setting.getString("value");
        String value = environment.getProperty(property);
        boolean matches = value == null ? setting.getBoolean("matchIfMissing") : !value.equalsIgnoreCase("false");
        return new ConditionOutcome(
                matches,
                ConditionMessage.forCondition(property)
                        .because(value == null ? "it is not set" : matches ? "it is set" : "it is false"));
    }
}
