package io.netd.engine.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void whatAValueRefusesIsAWrongConfigurationInItsOwnWords() {
        CniException told =
                Failures.of(new CompletionException(new IllegalArgumentException("invalid interface name: a b")));

        assertThat(told.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
        assertThat(told).hasMessage("invalid interface name: a b");
    }

    @Test
    void aMistakeOfTheProgramIsNamed() {
        CniException told = Failures.of(new IllegalStateException("broken"));

        assertThat(told.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(told).hasMessage("java.lang.IllegalStateException: broken");
    }
}
