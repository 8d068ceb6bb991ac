package dev.monarch.spring.boot.version;

import java.io.IOException;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

/**
 * Two builds of a kennel. The old one knows the weight of a dog in pounds, the new one in kilograms, of two pounds each. Every
 * write makes a dog one kilogram heavier. Both run as processes, and write until their standard input ends.
 */
final class RollingKennel {

    private static final int WARM = 100;

    private RollingKennel() {}

    public static void main(String[] arguments) throws IOException {
        boolean old = arguments[0].equals("old");
        int dogs = Integer.parseInt(arguments[1]);
        try (var application = new SpringApplicationBuilder(old ? OldBuild.class : NewBuild.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments)) {
            MongoTemplate template = application.getBean(MongoTemplate.class);
            Writer writer = old ? (id, way) -> writeAsOld(template, id, way) : (id, way) -> writeAsNew(template, id);
            Random random = new Random(7);
            int writes = 0;
            while (System.in.available() == 0) {
                if (writes == WARM) {
                    System.out.println("warm");
                }
                writes += written(writer, random.nextInt(dogs), random.nextInt(2)) ? 1 : 0;
            }
            System.out.println("writes " + writes);
        } catch (RuntimeException e) {
            e.printStackTrace();
        } finally {
            System.exit(0);
        }
    }

    private static boolean written(Writer writer, int dog, int way) {
        try {
            writer.write(dog, way);
            return true;
        } catch (OptimisticLockingFailureException e) {
            // The other build was faster. Every application must expect this.
            return false;
        }
    }

    /** An application of before: it saves whole dogs, or changes one field. */
    private static void writeAsOld(MongoTemplate template, int id, int way) {
        if (way == 0) {
            template.updateFirst(new Query(Criteria.where("_id").is(id)), new Update().inc("weight", 2), OldDog.class);
            return;
        }
        OldDog dog = template.findById(id, OldDog.class);
        Objects.requireNonNull(dog).weight += 2;
        template.save(dog);
    }

    private static void writeAsNew(MongoTemplate template, int id) {
        NewDog dog = template.findById(id, NewDog.class);
        Objects.requireNonNull(dog).weightKg += 1;
        template.save(dog);
    }

    private interface Writer {

        void write(int dog, int way);
    }

    @org.springframework.data.mongodb.core.mapping.Document("dogs")
    @TypeAlias("dog")
    static class OldDog {

        @Id
        Integer id = 0;

        @Nullable
        String name;

        int weight;

        @Version
        @Nullable
        Long revision;
    }

    @org.springframework.data.mongodb.core.mapping.Document("dogs")
    @TypeAlias("dog")
    static class NewDog {

        @Id
        Integer id = 0;

        @Nullable
        String name;

        @Field("weight_kg")
        int weightKg;

        @Version
        @Nullable
        Long revision;
    }

    /** A build that knows nothing of versions. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OldBuild {}

    /** The build that is deployed. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NewBuild {

        @Bean
        @DocumentVersion(collection = "dogs", version = 2)
        DocumentVersionChange kilograms() {
            return new WholeKilograms();
        }
    }
}
