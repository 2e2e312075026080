package io.netd.netctl.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl import}. */
@Command(name = "import", description = "Import a root file system tar (plain or gzip) as an image")
final class Import implements NetctlCommand {
    @Parameters(index = "0", paramLabel = "FILE|-")
    private String file = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "REPOSITORY[:TAG]")
    private Optional<String> reference = Optional.empty();

    @Option(
            names = {"-c", "--change"},
            paramLabel = "list",
            description = "Apply Dockerfile instruction to the created image")
    private List<String> changes = new ArrayList<>();

    @Override
    public int run(Session session) {
        try (InputStream tar =
                file.equals("-") ? session.terminal().in() : session.terminal().openFile(file)) {
            session.out().println(session.netd().importImage(tar, reference, changes));
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
