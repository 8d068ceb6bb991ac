package dev.monarch.engine.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.backfill.Backfill;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.engine.bean.AnnotatedBeans;

/**
 * The backfills of a bean factory, without those of its ancestors.
 *
 * @param backfills the complete backfills
 * @param problems the beans that are incomplete backfills
 */
public record BackfillBeans(List<RegisteredBackfill> backfills, List<String> problems) {

    public static BackfillBeans in(ListableBeanFactory beans) {
        List<RegisteredBackfill> backfills = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : AnnotatedBeans.names(beans, Backfill.class, DocumentBackfill.class)) {
            Backfill annotation = beans.findAnnotationOnBean(name, Backfill.class);
            Object bean = beans.getBean(name);
            String source =
                    "bean '" + name + "' (" + AopUtils.getTargetClass(bean).getName() + ")";
            if (annotation == null) {
                problems.add("The " + source + " is a DocumentBackfill without an id: add @Backfill(\"…\").");
            } else if (bean instanceof DocumentBackfill backfill) {
                backfills.add(new RegisteredBackfill(
                        annotation.value(),
                        backfill,
                        Set.of(annotation.environments()),
                        source,
                        annotation.keepOriginals()));
            } else {
                problems.add("The " + source + " has @Backfill(\"" + annotation.value()
                        + "\") but does not implement DocumentBackfill: implement it, or remove the annotation.");
            }
        }
        return new BackfillBeans(backfills, problems);
    }
}
