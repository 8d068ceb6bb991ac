package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.objenesis.SpringObjenesis;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Creates verbs and their mixins with what their constructors ask for, and everything else as picocli does.
 *
 * <p>Before the application is started, a verb that works with its beans is created without its constructor: only its options
 * and words are asked for.
 */
final class VerbFactory implements IFactory {

    private static final String OWN_PACKAGE = VerbFactory.class.getPackageName();

    private final DefaultListableBeanFactory parts = new DefaultListableBeanFactory();

    private final @Nullable ListableBeanFactory beans;

    /**
     * Creates a factory.
     *
     * @param beans those of the application, or null if it is not started
     * @param parts what a constructor may ask for besides
     */
    VerbFactory(@Nullable ConfigurableListableBeanFactory beans, Object... parts) {
        this.beans = beans;
        for (Object part : parts) {
            this.parts.registerSingleton(part.getClass().getName(), part);
        }
        if (beans != null) {
            this.parts.setParentBeanFactory(beans);
            this.parts.registerResolvableDependency(ListableBeanFactory.class, beans);
        }
    }

    static boolean isForBeans(Class<?> type) {
        return VerbInContext.class.isAssignableFrom(type) || MonarchCommand.class.isAssignableFrom(type);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (isForBeans(type) && beans == null) {
            return new SpringObjenesis().newInstance(type);
        }
        if (beans != null
                && MonarchCommand.class.isAssignableFrom(type)
                && beans.getBeanNamesForType(type, true, false).length > 0) {
            return beans.getBean(type);
        }
        return isForBeans(type) || type.getPackageName().startsWith(OWN_PACKAGE)
                ? parts.createBean(type)
                : CommandLine.defaultFactory().create(type);
    }
}
