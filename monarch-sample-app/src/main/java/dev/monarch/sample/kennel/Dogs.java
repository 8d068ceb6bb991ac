package dev.monarch.sample.kennel;

import java.util.Optional;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

interface Dogs extends Repository<Dog, String> {

    Page<Dog> findAll(Pageable page);

    Optional<Dog> findById(String id);
}
