package io.netd.daemon.local;

import io.netd.netctl.api.ImageSummary;
import io.netd.runtime.ImageView;
import io.netd.runtime.Images;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The image commands, answered by the runtime's store. */
final class LocalImages {
    private static final String NONE = "<none>";

    private final Images images;

    LocalImages(Images images) {
        this.images = images;
    }

    String importTar(InputStream tar, Optional<String> reference, List<String> changes) {
        return images.importTar(tar, reference, ImageChanges.of(changes)).id();
    }

    /** One line for each name; an image without a name has one, too. */
    List<ImageSummary> list() {
        List<ImageSummary> lines = new ArrayList<>();
        for (ImageView image : images.list()) {
            if (image.references().isEmpty()) {
                lines.add(line(image, NONE, NONE));
            }
            for (String reference : image.references()) {
                int colon = reference.lastIndexOf(':');
                lines.add(line(image, reference.substring(0, colon), reference.substring(colon + 1)));
            }
        }
        return lines;
    }

    private static ImageSummary line(ImageView image, String repository, String tag) {
        return new ImageSummary(image.id(), repository, tag, image.created(), image.sizeBytes());
    }
}
