package io.netd.firewall.nft;

import io.netd.firewall.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The forms of the last rules in one dialect. Not thread-safe. */
final class Forms {
    private static final int MANY = 1000;

    private final Dialect dialect;
    private final KnownMaps maps = new KnownMaps();

    /** By the very object: to compare rules costs as much as to find a form. */
    private final Map<Rule, Form> known = new IdentityHashMap<>();

    Forms(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    Form of(Rule rule) {
        Form form = known.get(rule);
        if (form == null) {
            if (known.size() >= MANY) {
                known.clear();
            }
            form = new Form(rule, dialect, maps);
            known.put(rule, form);
        }
        return form;
    }

    List<Form> of(Collection<Rule> rules) {
        List<Form> forms = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            forms.add(of(rule));
        }
        return forms;
    }
}
