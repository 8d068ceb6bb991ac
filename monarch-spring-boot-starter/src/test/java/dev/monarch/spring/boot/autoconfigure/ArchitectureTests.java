package dev.monarch.spring.boot.autoconfigure;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.CacheMode;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Rules for the structure of the starter. */
@AnalyzeClasses(
        packages = "dev.monarch",
        importOptions = ImportOption.DoNotIncludeTests.class,
        cacheMode = CacheMode.PER_CLASS)
class ArchitectureTests {

    private static final String STARTER = "dev.monarch.spring.boot..";

    @ArchTest
    static final ArchRule autoConfigurationsArePublicAndFinal = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .andShould(haveNoPublicMembersBesideTheConstructor());

    @ArchTest
    static final ArchRule beanMethodsArePackagePrivate =
            methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule configurationsAreNotProxied = classes()
            .that()
            .areAnnotatedWith(Configuration.class)
            .should(new ArchCondition<>("say proxyBeanMethods = false") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean proxied =
                            type.getAnnotationOfType(Configuration.class).proxyBeanMethods();
                    events.add(new SimpleConditionEvent(type, !proxied, type.getName() + " is proxied: " + proxied));
                }
            })
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule failureAnalyzersAreNobodysBusiness = classes()
            .that()
            .implement(FailureAnalyzer.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    /** For every type of the receiver, including method references. */
    @ArchTest
    static final ArchRule failureAnalyzersReadFieldsAndNoMessages = noClasses()
            .that()
            .implement(FailureAnalyzer.class)
            .should()
            .accessTargetWhere(target(owner(assignableTo(Throwable.class)))
                    .and(target(nameMatching("get(Localized)?Message")))
                    .as("the message of a failure is read"));

    /** Ahead-of-time processing would evaluate them at build time, for ever. */
    @ArchTest
    static final ArchRule conditionsOnPropertiesAreEvaluatedAtEachStart = noClasses()
            .that()
            .resideInAPackage(STARTER)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ConditionalOnProperty.class, ConditionalOnBooleanProperty.class);

    @ArchTest
    static final ArchRule onlyRuntimeConditionsReadProperties = noClasses()
            .that()
            .areAssignableTo(Condition.class)
            .and()
            .doNotBelongToAnyOf(RuntimeCondition.class)
            .should()
            .callMethod(ConditionContext.class, "getEnvironment");

    private static DescribedPredicate<JavaField> areNotSetByPicocli() {
        return DescribedPredicate.describe(
                "are not set by picocli",
                field -> field.getAnnotations().stream()
                        .noneMatch(annotation ->
                                annotation.getRawType().getFullName().startsWith("picocli.CommandLine$")));
    }

    @ArchTest
    static final ArchRule beansAreNotInjectedIntoFields = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage(STARTER)
            .and()
            // Streams and uploads, which have state and are not beans.
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("dev.monarch.spring.boot.s3")
            .and(areNotSetByPicocli())
            .should()
            .beFinal()
            .orShould()
            .haveModifier(JavaModifier.VOLATILE);

    @ArchTest
    static final ArchRule nothingIsGivenMoreThanSixThings = constructors()
            .that()
            .areDeclaredInClassesThat()
            .areNotRecords()
            .and()
            .areDeclaredInClassesThat()
            .areNotEnums()
            .should(new ArchCondition<>("have at most six parameters") {
                @Override
                public void check(JavaConstructor constructor, ConditionEvents events) {
                    int parameters = constructor.getRawParameterTypes().size();
                    events.add(new SimpleConditionEvent(
                            constructor, parameters <= 6, constructor.getFullName() + " has " + parameters));
                }
            });

    @ArchTest
    static final ArchRule theCoreKnowsNothingOfSpringBoot = noClasses()
            .that()
            .resideOutsideOfPackage(STARTER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot..", STARTER);

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.monarch.spring.boot.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSaySomething = classes().should().haveNameNotMatching(".*(Utils?|Helper|Manager|Impl)$");

    private static ArchCondition<JavaClass> haveNoPublicMembersBesideTheConstructor() {
        return new ArchCondition<>("have no public members beside the constructor") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                        .filter(member -> !type.getConstructors().contains(member))
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaMember::getFullName)
                        .forEach(name -> events.add(SimpleConditionEvent.violated(type, name + " is public")));
            }
        };
    }
}
