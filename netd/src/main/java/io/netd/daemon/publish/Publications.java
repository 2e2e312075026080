package io.netd.daemon.publish;

import io.netd.portmap.ExposedPort;
import io.netd.portmap.PortRequest;
import io.netd.portmap.PublishFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Published and exposed ports as a container's annotations: the runtime carries them without reading them, as an OCI runtime
 * would, and hands them back with {@code netd.container.created}.
 */
public final class Publications {
    /** The annotation whose value is {@code -p} flags between blanks. */
    public static final String PUBLISH = "netd.publish";

    /** The annotation whose value is what the flags and the image expose, between blanks. */
    public static final String EXPOSE = "netd.expose";

    /** The annotation that is there when all exposed ports are to be published. */
    public static final String PUBLISH_ALL = "netd.publish-all";

    /** All of one protocol, and some of others: each is a line in documents about the container. */
    private static final int MOST_EXPOSED = 1 << 16;

    private Publications() {}

    /**
     * The annotations for these flags.
     *
     * @throws IllegalArgumentException with Docker's sentence about a flag that is wrong, or for too many ports
     */
    public static Map<String, String> annotations(List<String> publish, List<String> expose, boolean publishAll) {
        // A flag with a blank in it would be two of the annotation's, and one that is empty none.
        PublishFlag.parseAll(publish);
        Map<String, String> annotations = new LinkedHashMap<>();
        if (!publish.isEmpty()) {
            annotations.put(PUBLISH, String.join(" ", publish));
        }
        if (!expose.isEmpty()) {
            annotations.put(EXPOSE, String.join(" ", expose));
        }
        if (publishAll) {
            annotations.put(PUBLISH_ALL, "true");
        }
        requireFew(annotations);
        return annotations;
    }

    /**
     * Refuses what asks for more ports than a container may have: of annotations that come in, not of those that a container
     * of an earlier netd has.
     *
     * @throws IllegalArgumentException for too many ports, or with Docker's sentence about one that is wrong
     */
    public static void requireFew(Map<String, String> annotations) {
        PublishFlag.parseAll(words(annotations, PUBLISH).toList());
        requireFew(exposed(annotations));
        PublishFlag.requireFew(requests(annotations).size());
    }

    /** What is to be published, in order: what was asked for, then any other exposed port when all are. */
    public static List<PortRequest> requests(Map<String, String> annotations) {
        List<PortRequest> requests = new ArrayList<>(asked(annotations));
        if (publishesAll(annotations)) {
            Set<ExposedPort> bound = new HashSet<>();
            requests.forEach(request -> bound.add(new ExposedPort(request.containerPort(), request.protocol())));
            exposed(annotations).stream()
                    .filter(port -> !bound.contains(port))
                    .map(port -> PortRequest.ofAny(port.port(), port.protocol()))
                    .forEach(requests::add);
        }
        return List.copyOf(requests);
    }

    /** What {@code -p} asks for, in order. */
    public static List<PortRequest> asked(Map<String, String> annotations) {
        return PublishFlag.parseAccepted(words(annotations, PUBLISH).toList());
    }

    /** Every port that is exposed, by flag, by the image, or by being published. */
    public static SortedSet<ExposedPort> exposed(Map<String, String> annotations) {
        SortedSet<ExposedPort> exposed = new TreeSet<>();
        words(annotations, EXPOSE).forEach(word -> exposed.addAll(ExposedPort.parse(word)));
        asked(annotations)
                .forEach(request -> exposed.add(new ExposedPort(request.containerPort(), request.protocol())));
        return exposed;
    }

    private static void requireFew(Set<ExposedPort> exposed) {
        if (exposed.size() > MOST_EXPOSED) {
            throw new IllegalArgumentException("too many exposed ports: a container has at most " + MOST_EXPOSED);
        }
    }

    /** Whether all exposed ports are to be published. */
    public static boolean publishesAll(Map<String, String> annotations) {
        return annotations.containsKey(PUBLISH_ALL);
    }

    private static Stream<String> words(Map<String, String> annotations, String key) {
        String value = annotations.getOrDefault(key, "");
        return value.isEmpty() ? Stream.empty() : Stream.of(value.split(" "));
    }
}
