package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MongoMigration;

/** The migrations in a bean factory, and the beans that are almost migrations. */
public record MigrationBeans(
        List<RegisteredMigration> migrations, List<String> problems, Supplier<List<String>> injectedDatabases) {

    public static MigrationBeans in(ListableBeanFactory beans) {
        Set<String> names = new LinkedHashSet<>(List.of(beans.getBeanNamesForAnnotation(Migration.class)));
        names.addAll(List.of(beans.getBeanNamesForType(MongoMigration.class)));
        List<RegisteredMigration> migrations = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> sources = new LinkedHashMap<>();
        for (String name : names) {
            Migration annotation = beans.findAnnotationOnBean(name, Migration.class);
            Object bean = beans.getBean(name);
            String source =
                    "bean '" + name + "' (" + AopUtils.getTargetClass(bean).getName() + ")";
            sources.put(name, source);
            if (annotation == null) {
                problems.add("The " + source + " is a MongoMigration without an id: add @Migration(\"…\").");
            } else if (bean instanceof MongoMigration migration) {
                migrations.add(
                        new RegisteredMigration(annotation.value(), migration, MigrationPolicy.of(annotation), source));
            } else {
                problems.add("The " + source + " has @Migration(\"" + annotation.value()
                        + "\") but does not implement MongoMigration: implement it, or remove the annotation.");
            }
        }
        return new MigrationBeans(
                migrations,
                problems,
                () -> sources.entrySet().stream()
                        .flatMap(bean -> InjectedDatabases.reachedFrom(bean.getKey(), bean.getValue(), beans).stream())
                        .toList());
    }
}
