package io.netd.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-a", ".a", "a b", "a/b", "ä1", "../x"})
    void namesOutsideOfDockersGrammarAreRefused(String name) {
        assertThatThrownBy(() -> ContainerName.checked(name))
                .hasMessage("Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-]+ are allowed");
    }

    @Test
    void madeUpNamesAreFreeAndAllowed() {
        Random random = new Random(1);
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            String name = ContainerName.checked(ContainerName.madeUp(random, taken::contains));
            assertThat(name).matches("[a-z]+_[a-z]+\\d*");
            taken.add(name);
        }
        assertThat(taken).hasSizeGreaterThan(2000);
    }
}
