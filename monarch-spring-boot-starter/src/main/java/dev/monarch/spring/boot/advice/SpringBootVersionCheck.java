package dev.monarch.spring.boot.advice;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Ends the start of an application on Spring Boot 3 or earlier with an explanation, before it loads a class that such
 * a version does not have.
 *
 * <p>It uses only types that Spring Boot 3 has, too. It runs after the logging system has been initialized, because
 * the explanation is logged.
 */
final class SpringBootVersionCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final int OLDEST = 4;

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        require(SpringBootVersion.getVersion());
    }

    static void require(String version) {
        if (Integer.parseInt(version.substring(0, version.indexOf('.'))) < OLDEST) {
            throw new UnsupportedSpringBootException(version);
        }
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }
}
