package dev.monarch.spring.boot.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches if a property is set, and not to {@code false}. In an application that is built with ahead-of-time processing it is
 * evaluated at each start, unlike Spring Boot's {@code @ConditionalOnProperty}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnSettingCondition.class)
public @interface ConditionalOnSetting {

    /** {@return the name of the property} */
    String value();

    /** {@return whether it also matches if the property is not set} */
    boolean matchIfMissing() default false;
}
