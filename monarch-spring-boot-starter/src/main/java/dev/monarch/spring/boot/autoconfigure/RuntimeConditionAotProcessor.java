package dev.monarch.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;
import javax.lang.model.element.Modifier;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GeneratedMethod;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.aot.BeanFactoryInitializationCode;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.Environment;
import org.springframework.javapoet.CodeBlock;
import org.springframework.util.ClassUtils;

/** Makes an application that is built with ahead-of-time processing evaluate Monarch's conditions at each start. */
final class RuntimeConditionAotProcessor implements BeanFactoryInitializationAotProcessor {

    private static final String STARTER = "dev.monarch.spring.boot.";

    /** Created by Spring. */
    RuntimeConditionAotProcessor() {}

    @Override
    public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
            ConfigurableListableBeanFactory factory) {
        List<String> beans = Arrays.stream(factory.getBeanDefinitionNames())
                .filter(name -> isOfMonarch(factory.getBeanDefinition(name), factory.getBeanClassLoader()))
                .toList();
        return beans.isEmpty() ? null : (generation, code) -> contribute(beans, generation, code);
    }

    private static boolean isOfMonarch(BeanDefinition definition, @Nullable ClassLoader loader) {
        String owner =
                definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null
                        ? annotated.getFactoryMethodMetadata().getDeclaringClassName()
                        : definition.getBeanClassName();
        if (owner == null || !owner.startsWith(STARTER)) {
            return false;
        }
        Class<?> type = ClassUtils.resolveClassName(owner, loader);
        return type.isAnnotationPresent(AutoConfiguration.class)
                || type.isAnnotationPresent(ConfigurationProperties.class);
    }

    private static void contribute(
            List<String> beans, GenerationContext generation, BeanFactoryInitializationCode code) {
        for (Class<?> condition : RuntimeCondition.class.getPermittedSubclasses()) {
            generation
                    .getRuntimeHints()
                    .reflection()
                    .registerType(condition, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
        }
        CodeBlock names = beans.stream().map(name -> CodeBlock.of("$S", name)).collect(CodeBlock.joining(", "));
        GeneratedMethod method = code.getMethods()
                .add(
                        "registerMonarchRuntimeConditions",
                        builder -> builder.addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                                .addParameter(ConfigurableListableBeanFactory.class, "beans")
                                .addParameter(Environment.class, "environment")
                                .addStatement("$T.register(beans, environment, $L)", RuntimeConditions.class, names));
        code.addInitializer(method.toMethodReference());
    }
}
