package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.NftEvent;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.NftTransaction;
import io.netd.netlink.nft.SetName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the kernel's rules at one generation, read as it is needed. Commits are tied to that generation, so
 * nothing here can be stale when it is acted on; after a refused commit a view is thrown away.
 */
final class HostView {
    private static final ChainState NOTHING = new ChainState();

    private final Forms forms;
    private final Dialect dialect;
    private final HostTables tables;
    private final Map<ChainRef, ChainState> states = new HashMap<>();
    private int generation;

    HostView(Forms forms, int generation) {
        this.forms = forms;
        this.dialect = forms.dialect();
        this.tables = new HostTables(dialect);
        this.generation = generation;
    }

    Dialect dialect() {
        return dialect;
    }

    Forms forms() {
        return forms;
    }

    HostTables tables() {
        return tables;
    }

    ChainName name(ChainRef chain) {
        return dialect.name(chain);
    }

    int generation() {
        return generation;
    }

    void advanceTo(int next) {
        generation = next;
    }

    /**
     * Takes over what others have committed.
     *
     * @return false when this is not enough to know the rules again
     */
    boolean follow(List<NftTransaction> changes) {
        for (NftTransaction change : changes) {
            // What was read already may be told again. Numbers may wrap.
            if (change.generation() - generation > 0) {
                if (!change.events().stream().allMatch(this::follow)) {
                    return false;
                }
                generation = change.generation();
            }
        }
        return true;
    }

    private boolean follow(NftEvent event) {
        if (event instanceof NftEvent.TableMade made) {
            tables.follow(made);
        } else if (event instanceof NftEvent.TableGone gone) {
            tables.follow(gone);
        } else if (event instanceof NftEvent.ChainMade made) {
            tables.follow(made);
        } else if (event instanceof NftEvent.ChainGone gone) {
            tables.chain(gone.chain()).ifPresent(this::chainGone);
        } else if (event instanceof NftEvent.RuleMade made) {
            tables.chain(made.chain()).filter(this::isRead).ifPresent(this::joined);
        } else if (event instanceof NftEvent.RuleGone gone) {
            return tables.chain(gone.chain())
                    .filter(this::isRead)
                    .map(ref -> state(ref).lose(gone.handle()))
                    .orElse(true);
        } else if (event instanceof NftEvent.ChainRenamed renamed) {
            return !tables.knows(renamed.family());
        } else if (event instanceof NftEvent.SetsChanged changed) {
            return states.keySet().stream().map(this::name).noneMatch(changed::isBeside);
        }
        return true;
    }

    /** In the hooks of others it matters where the new rule stands, of which the event does not tell. */
    private void joined(ChainRef chain) {
        if (Chains.isHook(chain.chain())) {
            forget(chain);
        } else {
            state(chain).countForeign();
        }
    }

    /**
     * Reads the rules of a chain, those in its branches included, once, and recognises {@code candidates} among them.
     *
     * @param added rules to come, whose maps may be there already
     */
    void readChain(NftSocket socket, ChainRef chain, Collection<Rule> candidates, Collection<Rule> added) {
        tables.readFamily(socket, chain.family());
        if (!states.containsKey(chain)) {
            states.putAll(new ChainReader(this, chain, candidates, added).read(socket));
        }
    }

    SetName set(ChainRef chain, MapRule map) {
        ChainName name = name(chain);
        return new SetName(name.family(), name.table(), map.name());
    }

    /** Whether the kernel does what the rule says, in whichever form. */
    boolean has(Form form) {
        return isInPlace(form) || isElsewhere(form);
    }

    private boolean isInPlace(Form form) {
        ChainState state = seen(form.place());
        return isReached(form) && (isElement(state, form) || isLine(state, form));
    }

    private boolean isReached(Form form) {
        return form.branch().isEmpty()
                || seen(form.chain()).has(form.branch().get().entrance());
    }

    private static boolean isElement(ChainState state, Form form) {
        return form.member().isPresent() && state.has(form.member().get());
    }

    private static boolean isLine(ChainState state, Form form) {
        return state.hasRuleOf(form.rule().rank()) && state.isInPlace(form.line());
    }

    /** Whether others' rules came behind it, or it stands where every packet is asked, as netd's earlier versions wrote it. */
    private boolean isElsewhere(Form form) {
        ChainState state = seen(form.chain());
        if (state.hasOvertaken() && state.has(form.line())) {
            return true;
        }
        if (form.former().isPresent() && state.has(form.former().get())) {
            return true;
        }
        return form.branch().isPresent() && (isLine(state, form) || isLookedUpIn(state, form));
    }

    private boolean isLookedUpIn(ChainState state, Form form) {
        return form.member().isPresent()
                && state.has(form.member().get().map().lookup())
                && seen(form.place()).holdsAll(form.member().get());
    }

    /** Whether a rule is there, but not in its place. */
    boolean isToMove(Form form) {
        return isElsewhere(form) && !isInPlace(form);
    }

    /** Whether the rule may be one of those that were not recognised when its chain was read. */
    boolean mayHide(Form form) {
        boolean hasForeign =
                seen(form.chain()).hasForeign() || seen(form.place()).hasForeign();
        return hasForeign && !has(form);
    }

    /** Has a chain read again. */
    void forget(ChainRef chain) {
        states.remove(chain);
    }

    ChainState state(ChainRef chain) {
        return states.computeIfAbsent(chain, key -> new ChainState());
    }

    private ChainState seen(ChainRef chain) {
        return states.getOrDefault(chain, NOTHING);
    }

    boolean isRead(ChainRef chain) {
        return states.containsKey(chain);
    }

    /** Whether all that may be there of the rule has been read. */
    boolean isRead(Form form) {
        return isRead(form.chain()) && (isRead(form.place()) || !tables.hasChain(form.place()));
    }

    void chainMade(ChainRef chain) {
        tables.chainMade(chain);
        state(chain);
    }

    void chainGone(ChainRef chain) {
        tables.chainGone(chain);
        states.remove(chain);
    }
}
