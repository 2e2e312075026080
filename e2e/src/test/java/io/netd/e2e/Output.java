package io.netd.e2e;

/** What a program left behind. */
record Output(int exitCode, String out, String err) {
    /** Standard output, when the program succeeded; else the test fails with all it said. */
    String ok() {
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + "\nstdout: " + out + "\nstderr: " + err);
        }
        return out.strip();
    }
}
