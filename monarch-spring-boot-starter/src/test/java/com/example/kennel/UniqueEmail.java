package com.example.kennel;

import io.mongock.api.annotations.ChangeUnit;
import io.mongock.api.annotations.Execution;
import io.mongock.api.annotations.RollbackExecution;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;

@ChangeUnit(id = "unique-email", order = "001", author = "dev", transactional = false)
public class UniqueEmail {

    private final MongoTemplate template;

    public UniqueEmail(MongoTemplate template) {
        this.template = template;
    }

    @Execution
    public void execution() {
        template.indexOps("owners").createIndex(new Index("email", Direction.ASC).unique());
    }

    @RollbackExecution
    public void rollbackExecution() {
        template.indexOps("owners").dropIndex("email_1");
    }
}
