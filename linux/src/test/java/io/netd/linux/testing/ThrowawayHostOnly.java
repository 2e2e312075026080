package io.netd.linux.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every class named {@code *IT} that runs elsewhere than in {@code build/throwaway-host/bin/java}: started by
 * surefire's {@code -Dtest} or by an IDE, it would change the developer's own host. Registered for all modules.
 */
public final class ThrowawayHostOnly implements ExecutionCondition {
    private static final String MARK = "NETD_THROWAWAY_HOST";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean isHarmless = context.getTestClass()
                .filter(type -> type.getName().endsWith("IT"))
                .isEmpty();
        if (isHarmless || "1".equals(System.getenv(MARK))) {
            return ConditionEvaluationResult.enabled("at home");
        }
        throw new IllegalStateException(context.getDisplayName()
                + " runs in build/throwaway-host/bin/java only: use failsafe, mvn verify -Dit.test=...");
    }
}
