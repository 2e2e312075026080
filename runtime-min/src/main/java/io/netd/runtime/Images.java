package io.netd.runtime;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of one host: layers are stored once, whatever image they belong to. An image is named by {@code name}
 * ({@code :latest} is meant), {@code name:tag}, its id or a prefix of it. Calls block and throw {@link ContainerException}.
 */
public interface Images {
    /**
     * Stores a root file system tar, plain or gzip, as an image of one layer; nothing is left behind on failure.
     *
     * @param config how it is to be run
     */
    ImageView importTar(InputStream tar, Optional<String> reference, ImageConfig config);

    /** All images, newest first. */
    List<ImageView> list();

    /** One image; "No such image: x" when there is none. */
    ImageView find(String nameOrId);

    /**
     * Takes a name away and, with the last name, the image and the layers nobody else needs.
     *
     * @param users image id to container id, from {@link Containers#imageUsers()}: such an image is refused
     */
    void remove(String nameOrId, Map<String, String> users);
}
