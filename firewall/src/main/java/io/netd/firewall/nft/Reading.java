package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Change;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.NftSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads into a view what a change has to know of the kernel's rules, unless it is known. */
final class Reading {
    /** A change's rules of one chain. */
    private static final class Part {
        private final List<Form> removed = new ArrayList<>();
        private final List<Form> added = new ArrayList<>();
    }

    private final HostView view;
    private final Change change;
    private final boolean recognisesAdded;
    private final Map<ChainRef, Part> parts = new LinkedHashMap<>();

    /**
     * Prepares reading.
     *
     * @param recognisesAdded whether a new rule that is there already may be netd's
     */
    Reading(HostView view, Change change, boolean recognisesAdded) {
        this.view = view;
        this.change = change;
        this.recognisesAdded = recognisesAdded;
        for (Form form : view.forms().of(change.removed())) {
            part(form).removed.add(form);
        }
        for (Form form : view.forms().of(change.added())) {
            part(form).added.add(form);
        }
    }

    private Part part(Form form) {
        Part part = part(form.chain());
        form.jump().ifPresent(this::part);
        return part;
    }

    private Part part(ChainRef chain) {
        return parts.computeIfAbsent(chain, key -> new Part());
    }

    /** Asks the kernel. */
    void from(NftSocket socket) {
        parts.forEach((chain, part) -> {
            if (view.isRead(chain) && (mayHide(part) || isPartlyRead(part))) {
                view.forget(chain);
            }
            if (!view.isRead(chain)) {
                view.readChain(socket, chain, candidates(chain, part), rules(part.added));
            }
        });
    }

    /** Whether rules that this change is about may have been taken for somebody else's. */
    private boolean mayHide(Part part) {
        for (Form form : part.removed) {
            if (view.mayHide(form)) {
                return true;
            }
        }
        for (Form form : part.added) {
            if ((recognisesAdded || form.rule().isCommon()) && view.mayHide(form)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the chain has a branch for one of these rules that was there already and nobody asked for. */
    private boolean isPartlyRead(Part part) {
        return !areRead(part.removed) || !areRead(part.added);
    }

    private boolean areRead(List<Form> forms) {
        for (Form form : forms) {
            if (!view.isRead(form)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the rules that may be netd's in the chain. A new rule for a built-in chain is not looked for: what is there
     * already belongs to somebody else, unless it is the way into a common chain.
     */
    private Set<Rule> candidates(ChainRef chain, Part part) {
        Set<Rule> candidates = new LinkedHashSet<>(change.after().in(chain));
        if (!recognisesAdded && Chains.isBuiltIn(chain.chain())) {
            rules(part.added).stream().filter(rule -> !rule.isCommon()).forEach(candidates::remove);
        }
        candidates.addAll(rules(part.removed));
        if (recognisesAdded) {
            candidates.addAll(rules(part.added));
        }
        return candidates;
    }

    private static List<Rule> rules(List<Form> forms) {
        return forms.stream().map(Form::rule).toList();
    }
}
