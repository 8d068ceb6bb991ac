package dev.monarch.engine.bean;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds beans that have an annotation, a type, or both. The beans of a bean factory's ancestors are not among them.
 *
 * <p>Classes of Spring itself are not searched for annotations: they are most of the beans of an application, and searching them
 * is most of the time that it takes.
 */
public final class AnnotatedBeans {

    private static final String SPRING = "org.springframework.";

    private AnnotatedBeans() {}

    /**
     * Returns the names of the beans.
     *
     * @param beans the bean factory
     * @param annotation an annotation of beans, of their classes or of the methods that create them
     * @param type a type of beans
     * @return the names: first those with the annotation, then those with the type only
     */
    public static Set<String> names(ListableBeanFactory beans, Class<? extends Annotation> annotation, Class<?> type) {
        Set<String> names = new LinkedHashSet<>();
        annotated(beans, beans.getBeanNamesForType(Object.class), annotation).forEach(names::add);
        names.addAll(List.of(beans.getBeanNamesForType(type)));
        return names;
    }

    /**
     * Tells whether there is such a bean. Creates no bean, so it can be asked while beans are created.
     *
     * @param beans the bean factory
     * @param annotation an annotation of beans, of their classes or of the methods that create them
     * @param type a type of beans
     * @return whether there is one
     */
    public static boolean exist(ListableBeanFactory beans, Class<? extends Annotation> annotation, Class<?> type) {
        return beans.getBeanNamesForType(type, true, false).length > 0
                || annotated(beans, beans.getBeanNamesForType(Object.class, true, false), annotation)
                        .findAny()
                        .isPresent();
    }

    private static Stream<String> annotated(
            ListableBeanFactory beans, String[] names, Class<? extends Annotation> annotation) {
        return Arrays.stream(names)
                .filter(name -> mayBeAnnotated(beans.getType(name, false)))
                .filter(name -> beans.findAnnotationOnBean(name, annotation, false) != null);
    }

    private static boolean mayBeAnnotated(@Nullable Class<?> type) {
        return type == null || !type.getName().startsWith(SPRING);
    }
}
