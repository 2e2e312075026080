package io.netd.runtime.image;

import io.netd.linux.fs.Durability;
import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ImageConfig;
import io.netd.runtime.ImageView;
import io.netd.runtime.Images;
import io.netd.runtime.store.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Images on disk: {@code images/<hex>.json}, {@code references.json} and {@link Layers}. Reads answer from memory; any
 * thread. One process at a time may have a data root open.
 */
public final class ImageStore implements Images {
    private final Path directory;
    private final JsonFile<References> referencesFile;
    private final Layers layers;
    private final Map<String, ImageRecord> records = new HashMap<>();
    private final TreeMap<String, String> references = new TreeMap<>();

    /** Names on disk. */
    record References(int version, Map<String, String> images) {}

    private ImageStore(Path dataRoot) throws IOException {
        this.directory = Files.createDirectories(dataRoot.resolve("images"));
        this.referencesFile = new JsonFile<>(dataRoot.resolve("references.json"), References.class);
        this.layers = Layers.open(dataRoot.resolve("layers"));
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> new JsonFile<>(file, ImageRecord.class).read().stream())
                    .forEach(image -> records.put(image.id(), image));
        }
        referencesFile
                .read()
                .ifPresent(names -> names.images().forEach((name, id) -> {
                    if (records.containsKey(id)) {
                        references.put(name, id);
                    }
                }));
    }

    /** Opens the store below a data root, making it when missing, and clears away unfinished imports. */
    public static ImageStore open(Path dataRoot) {
        try {
            return new ImageStore(dataRoot);
        } catch (IOException e) {
            throw ContainerException.failed("open the images in " + dataRoot + ": " + FileFailure.reason(e), e);
        }
    }

    /** The directory that the layers' names are relative to. */
    public Path layersDirectory() {
        return layers.directory();
    }

    /** Directory names of an image's layers, the topmost first, as the overlay wants them. */
    public List<String> layerNames(ImageView image) {
        List<String> names = image.layers().stream().map(Digest::hex).collect(java.util.stream.Collectors.toList());
        java.util.Collections.reverse(names);
        return names;
    }

    @Override
    public ImageView importTar(InputStream tar, Optional<String> reference, ImageConfig config) {
        Optional<ImageReference> name = reference.map(ImageReference::parse);
        Layers.Layer layer = layers.add(tar);
        return register(List.of(layer.digest()), layer.sizeBytes(), config, name);
    }

    private synchronized ImageView register(
            List<String> digests, long size, ImageConfig config, Optional<ImageReference> name) {
        Instant created = Instant.now();
        String id = Digest.of(JsonFile.bytes(Map.of("created", created, "layers", digests, "config", config)));
        ImageRecord image = new ImageRecord(ImageRecord.VERSION, id, created, size, digests, config);
        file(id).write(image, Durability.FSYNC);
        records.put(id, image);
        name.ifPresent(given -> {
            references.put(given.toString(), id);
            saveReferences();
        });
        return view(image);
    }

    private JsonFile<ImageRecord> file(String id) {
        return new JsonFile<>(directory.resolve(Digest.hex(id) + ".json"), ImageRecord.class);
    }

    private void saveReferences() {
        referencesFile.write(new References(ImageRecord.VERSION, new TreeMap<>(references)), Durability.FSYNC);
    }

    @Override
    public synchronized List<ImageView> list() {
        return records.values().stream()
                .sorted(Comparator.comparing(ImageRecord::created).reversed())
                .map(this::view)
                .toList();
    }

    @Override
    public synchronized ImageView find(String nameOrId) {
        return byName(nameOrId)
                .or(() -> byId(nameOrId))
                .map(this::view)
                .orElseThrow(() -> ContainerException.notFound("No such image: "
                        + (ImageReference.isValid(nameOrId) ? ImageReference.parse(nameOrId) : nameOrId)));
    }

    private Optional<ImageRecord> byName(String name) {
        return ImageReference.isValid(name)
                ? Optional.ofNullable(references.get(ImageReference.parse(name).toString()))
                        .map(records::get)
                : Optional.empty();
    }

    private Optional<ImageRecord> byId(String text) {
        String prefix = text.startsWith(Digest.PREFIX) ? text : Digest.PREFIX + text;
        List<ImageRecord> matches = prefix.equals(Digest.PREFIX)
                ? List.of()
                : records.values().stream()
                        .filter(image -> image.id().startsWith(prefix))
                        .toList();
        if (matches.size() > 1) {
            throw ContainerException.invalid("image id prefix " + text + " is ambiguous");
        }
        return matches.stream().findFirst();
    }

    private ImageView view(ImageRecord image) {
        List<String> names = references.entrySet().stream()
                .filter(entry -> entry.getValue().equals(image.id()))
                .map(Map.Entry::getKey)
                .toList();
        return new ImageView(image.id(), names, image.created(), image.sizeBytes(), image.layers(), image.config());
    }

    @Override
    public synchronized void remove(String nameOrId, Map<String, String> users) {
        ImageView image = find(nameOrId);
        boolean named = byName(nameOrId).isPresent();
        if (named && image.references().size() > 1) {
            references.remove(ImageReference.parse(nameOrId).toString());
            saveReferences();
            return;
        }
        String user = users.get(image.id());
        if (user != null) {
            throw ContainerException.conflict("conflict: unable to remove repository reference \"" + nameOrId
                    + "\" (must force) - container " + user.substring(0, Math.min(12, user.length()))
                    + " is using its referenced image " + Digest.hex(image.id()).substring(0, 12));
        }
        if (!named && image.references().size() > 1) {
            throw ContainerException.conflict("conflict: unable to delete " + nameOrId
                    + " (must be forced) - image is referenced in multiple repositories");
        }
        delete(image);
    }

    private void delete(ImageView image) {
        image.references().forEach(references::remove);
        saveReferences();
        records.remove(image.id());
        try {
            Files.deleteIfExists(file(image.id()).path());
        } catch (IOException e) {
            throw ContainerException.failed("remove the image " + image.id() + ": " + FileFailure.reason(e), e);
        }
        image.layers().stream()
                .filter(layer -> records.values().stream()
                        .noneMatch(other -> other.layers().contains(layer)))
                .forEach(layers::remove);
    }
}
