package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.engine.bean.AnnotatedBeans;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MongoMigration;

/**
 * The migrations in a bean factory, and the problems of beans that are incomplete migrations.
 *
 * @param injectedDatabases gives, for the name of an environment, the paths by which migrations that run there reach
 *     the application's own database
 */
public record MigrationBeans(
        List<RegisteredMigration> migrations, List<String> problems, Function<String, List<String>> injectedDatabases) {

    public static MigrationBeans in(ListableBeanFactory beans) {
        List<RegisteredMigration> migrations = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> sources = new LinkedHashMap<>();
        Map<String, MigrationPolicy> policies = new HashMap<>();
        for (String name : AnnotatedBeans.names(beans, Migration.class, MongoMigration.class)) {
            Migration annotation = beans.findAnnotationOnBean(name, Migration.class);
            Object bean = beans.getBean(name);
            String source =
                    "bean '" + name + "' (" + AopUtils.getTargetClass(bean).getName() + ")";
            sources.put(name, source);
            if (annotation == null) {
                problems.add("The " + source + " is a MongoMigration without an id: add @Migration(\"…\").");
            } else if (bean instanceof MongoMigration migration) {
                MigrationPolicy policy = MigrationPolicy.of(annotation);
                policies.put(name, policy);
                migrations.add(new RegisteredMigration(annotation.value(), migration, policy, source));
            } else {
                problems.add("The " + source + " has @Migration(\"" + annotation.value()
                        + "\") but does not implement MongoMigration: implement it, or remove the annotation.");
            }
        }
        return new MigrationBeans(
                migrations,
                problems,
                environment -> sources.entrySet().stream()
                        .filter(bean -> policies.getOrDefault(bean.getKey(), MigrationPolicy.DEFAULT)
                                .isFor(environment))
                        .flatMap(bean -> InjectedDatabases.reachedFrom(bean.getKey(), bean.getValue(), beans).stream())
                        .toList());
    }
}
