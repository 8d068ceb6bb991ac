package dev.monarch.sample.kennel;

import java.util.List;

import org.springframework.data.domain.Page;

/**
 * A page of dogs, ordered by id.
 *
 * @param page the number of this page, from 0
 * @param pages how many pages of this size there are
 * @param total how many dogs there are on all pages
 */
record DogPage(List<Dog> dogs, int page, int pages, long total) {

    static DogPage of(Page<Dog> page) {
        return new DogPage(page.getContent(), page.getNumber(), page.getTotalPages(), page.getTotalElements());
    }
}
