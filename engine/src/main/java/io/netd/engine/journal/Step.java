package io.netd.engine.journal;

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

    /** The attachment afterwards. */
    Attachment on(Attachment attachment);
}
