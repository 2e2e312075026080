package io.netd.netctl.command;

import io.netd.netctl.api.ImageSummary;
import io.netd.netctl.output.HumanDuration;
import io.netd.netctl.output.HumanSize;
import io.netd.netctl.output.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netctl images}. */
@Command(name = "images", description = "List images")
final class Images implements NetctlCommand {
    @Option(
            names = {"-q", "--quiet"},
            description = "Only show image IDs")
    private boolean quiet;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    private boolean whole;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        List<ImageSummary> images = session.netd().images();
        if (quiet) {
            images.forEach(image -> session.out().println(id(image)));
            return 0;
        }
        Instant now = Instant.now();
        new Listing(columns(), images.stream().map(image -> row(image, now)).toList())
                .print(session.out(), format.value());
        return 0;
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("Repository", "REPOSITORY");
        columns.put("Tag", "TAG");
        columns.put("ID", "IMAGE ID");
        columns.put("CreatedSince", "CREATED");
        columns.put("Size", "SIZE");
        return columns;
    }

    private Map<String, String> row(ImageSummary image, Instant now) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("Repository", image.repository());
        row.put("Tag", image.tag());
        row.put("ID", id(image));
        row.put("CreatedSince", HumanDuration.of(Duration.between(image.created(), now)) + " ago");
        row.put("CreatedAt", image.created().toString());
        row.put("Size", HumanSize.of(image.sizeBytes()));
        return row;
    }

    private String id(ImageSummary image) {
        return whole ? image.id() : image.id().replaceFirst("^sha256:", "").substring(0, 12);
    }
}
