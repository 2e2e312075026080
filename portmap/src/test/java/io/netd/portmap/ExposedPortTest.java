package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of TestParseWithExpose of docker/cli, and more. */
class ExposedPortTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80|80/tcp",
                "80/|80/tcp",
                "8080/tcp|8080/tcp",
                "8080/UDP|8080/udp",
                "8080-8080/udp|8080/udp",
                "8080-8082/tcp|8080/tcp 8081/tcp 8082/tcp",
            })
    void readsAsDockerDoes(String text, String ports) {
        assertThat(ExposedPort.parse(text).stream().map(Object::toString).collect(Collectors.joining(" ")))
                .isEqualTo(ports);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|invalid port range: value is empty",
                ":|invalid start port ':': invalid syntax",
                "8080:9090|invalid start port '8080:9090': invalid syntax",
                "/tcp|invalid start port '': value is empty",
                "/udp|invalid start port '': value is empty",
                "NaN/tcp|invalid start port 'NaN': invalid syntax",
                "NaN-NaN/tcp|invalid start port 'NaN': invalid syntax",
                "8080-NaN/tcp|invalid end port 'NaN': invalid syntax",
                "1234567890-8080/tcp|invalid start port '1234567890': value out of range (0–65535)",
                "82-80|invalid port range: 82-80",
                "0|invalid port range: 0",
                "80/ncp|invalid proto: ncp",
            })
    void refusesInDockersWords(String text, String message) {
        assertThatThrownBy(() -> ExposedPort.parse(text)).hasMessage(message);
    }
}
