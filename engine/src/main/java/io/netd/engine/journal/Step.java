package io.netd.engine.journal;

import io.netd.plugins.spi.Trace;
import java.util.ArrayList;
import java.util.List;

/** What happened to an attachment since its file was written whole. */
sealed interface Step {
    /**
     * An entry got a phase further.
     *
     * @param entry its place in the attachment, from 0
     * @param phase the phase that begins
     */
    record Advanced(int entry, Phase phase) implements Step {
        @Override
        public Attachment on(Attachment attachment) {
            return attachment.advanced(entry, phase);
        }
    }

    /**
     * An entry has more traces, or is new.
     *
     * @param left the entry as it is now
     */
    record Left(PluginEntry left) implements Step {
        @Override
        public Attachment on(Attachment attachment) {
            return attachment.put(left);
        }
    }

    /**
     * Some of an entry's traces have gone, and others are in their place.
     *
     * @param in the entry's place in the attachment, from 0
     * @param from the first of them, from 0
     * @param count how many have gone
     * @param by what is there now
     */
    record Spliced(int in, int from, int count, List<Trace> by) implements Step {
        /** What makes of an entry's traces others, in few words where both begin and end alike. */
        static Spliced between(int in, List<Trace> before, List<Trace> after) {
            int shorter = Math.min(before.size(), after.size());
            int head = 0;
            while (head < shorter && isSame(before.get(head), after.get(head))) {
                head++;
            }
            int tail = 0;
            while (tail < shorter - head
                    && isSame(before.get(before.size() - 1 - tail), after.get(after.size() - 1 - tail))) {
                tail++;
            }
            return new Spliced(in, head, before.size() - head - tail, after.subList(head, after.size() - tail));
        }

        /** Most are the very same object, which tells at once. */
        private static boolean isSame(Trace one, Trace other) {
            return one == other || one.equals(other);
        }

        @Override
        public Attachment on(Attachment attachment) {
            return attachment.spliced(in, traces -> {
                List<Trace> changed = new ArrayList<>(traces.subList(0, from));
                changed.addAll(by);
                changed.addAll(traces.subList(from + count, traces.size()));
                return changed;
            });
        }
    }

    /** The attachment afterwards. */
    Attachment on(Attachment attachment);
}
