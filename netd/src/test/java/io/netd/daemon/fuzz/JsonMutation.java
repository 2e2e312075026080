package io.netd.daemon.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Changes JSON so that it stays JSON. */
final class JsonMutation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<JsonNode> NUMBERS = List.of(
            NODES.numberNode(0),
            NODES.numberNode(1),
            NODES.numberNode(-1),
            NODES.numberNode(67),
            NODES.numberNode(4095),
            NODES.numberNode(65535),
            NODES.numberNode(65536),
            NODES.numberNode(Integer.MAX_VALUE),
            NODES.numberNode(Integer.MIN_VALUE),
            NODES.numberNode(4294967296L),
            NODES.numberNode(Long.MAX_VALUE),
            NODES.numberNode(Long.MIN_VALUE),
            NODES.numberNode(new BigInteger("18446744073709551616")),
            NODES.numberNode(BigInteger.TEN.pow(39)),
            NODES.numberNode(BigInteger.TEN.pow(400)),
            NODES.numberNode(0.5),
            NODES.numberNode(1500.0),
            NODES.numberNode(-0.0),
            NODES.numberNode(new BigDecimal("1e400")),
            NODES.numberNode(new BigDecimal("1e-400")),
            NODES.booleanNode(true),
            NODES.booleanNode(false),
            NODES.nullNode(),
            NODES.arrayNode(),
            NODES.objectNode());

    private final Seeds seeds;
    private final RandomGenerator random;

    JsonMutation(Seeds seeds, RandomGenerator random) {
        this.seeds = seeds;
        this.random = random;
    }

    /** A value at its place. */
    private record Place(JsonNode parent, String key, int index) {
        JsonNode get() {
            return parent instanceof ObjectNode ? parent.get(key) : parent.get(index);
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(key, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(key);
            } else {
                ((ArrayNode) parent).remove(index);
            }
        }
    }

    /** Changes one thing somewhere. */
    void change(ObjectNode root) {
        List<Place> places = new ArrayList<>();
        collect(root, places);
        if (places.isEmpty() || random.nextInt(12) == 0) {
            root.set(key(), value());
            return;
        }
        change(places.get(random.nextInt(places.size())));
    }

    private void change(Place place) {
        JsonNode value = place.get();
        switch (random.nextInt(11)) {
            case 0, 1 -> place.set(text(value));
            case 2 -> place.set(number());
            case 3 -> place.set(value());
            case 4 -> place.remove();
            case 5 -> place.set(many(value));
            case 6 -> place.set(NODES.objectNode().set(key(), value));
            case 7 ->
                place.set(
                        value.isArray() && !value.isEmpty()
                                ? value.get(0)
                                : NODES.arrayNode().add(value));
            case 8 -> inside(value).set(key(), value());
            case 9 -> respell(place, value);
            default -> place.set(deep(value));
        }
    }

    private JsonNode text(JsonNode value) {
        String text = random.nextInt(300) == 0 ? OddTexts.huge(random) : OddTexts.like(value.asText(), random);
        return NODES.textNode(text);
    }

    private static JsonNode pick(List<JsonNode> nodes, RandomGenerator random) {
        return nodes.get(random.nextInt(nodes.size())).deepCopy();
    }

    private JsonNode number() {
        return pick(NUMBERS, random);
    }

    private JsonNode value() {
        return switch (random.nextInt(3)) {
            case 0 -> NODES.textNode(OddTexts.any(random));
            case 1 -> number();
            default -> pick(seeds.values(), random);
        };
    }

    private String key() {
        return random.nextInt(10) == 0
                ? OddTexts.any(random)
                : seeds.keys().get(random.nextInt(seeds.keys().size()));
    }

    private JsonNode many(JsonNode value) {
        ArrayNode array = NODES.arrayNode();
        int count = random.nextInt(50) == 0 ? 3000 : random.nextInt(5);
        for (int i = 0; i < count; i++) {
            array.add(value.deepCopy());
        }
        return array;
    }

    private ObjectNode inside(JsonNode value) {
        return value instanceof ObjectNode object ? object : NODES.objectNode();
    }

    /** Keys count without regard to case, and of two the last. */
    private void respell(Place place, JsonNode value) {
        if (place.parent() instanceof ObjectNode object) {
            String other = random.nextBoolean()
                    ? place.key().toUpperCase(Locale.ROOT)
                    : place.key().toLowerCase(Locale.ROOT);
            if (random.nextBoolean()) {
                object.remove(place.key());
            }
            object.set(other, random.nextBoolean() ? value : value());
        }
    }

    private JsonNode deep(JsonNode value) {
        JsonNode deep = value;
        int levels = random.nextInt(8) == 0 ? 2000 : random.nextInt(70);
        for (int i = 0; i < levels; i++) {
            deep = random.nextBoolean()
                    ? NODES.arrayNode().add(deep)
                    : NODES.objectNode().set("a", deep);
        }
        return deep;
    }

    private static void collect(JsonNode node, List<Place> places) {
        // What an earlier change made deep or long would outweigh everything else.
        if (places.size() > 300) {
            return;
        }
        node.fieldNames().forEachRemaining(key -> places.add(new Place(node, key, 0)));
        for (int i = 0; node.isArray() && i < Math.min(node.size(), 10); i++) {
            places.add(new Place(node, "", i));
        }
        node.forEach(child -> collect(child, places));
    }
}
