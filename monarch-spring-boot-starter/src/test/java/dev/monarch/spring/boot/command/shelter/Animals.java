package dev.monarch.spring.boot.command.shelter;

import org.springframework.data.mongodb.repository.MongoRepository;

interface Animals extends MongoRepository<Animal, String> {}
