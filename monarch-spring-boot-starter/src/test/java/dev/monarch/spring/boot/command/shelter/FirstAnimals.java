package dev.monarch.spring.boot.command.shelter;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.MongoMigration;

/** Uses an injected repository, which must be that of the migrated environment. */
@Migration("1-first-animals")
class FirstAnimals implements MongoMigration {

    private final Animals animals;

    FirstAnimals(Animals animals) {
        this.animals = animals;
    }

    @Override
    public void up(MigrationContext context) {
        System.out.println("printed by a migration");
        animals.save(new Animal("1", "Rex"));
    }

    @Override
    public void down(MigrationContext context) {
        animals.deleteAll();
    }
}
