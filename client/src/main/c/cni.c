#define _GNU_SOURCE
#include "cni.h"

#include "address.h"
#include "call.h"
#include "cni_output.h"
#include "fallback.h"
#include "frame.h"
#include "queue.h"
#include "relay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 10000
/* STATUS has to be answered within a second, process start included. */
#define STATUS_PATIENCE_MS 900

static const char *command_of_call(void) {
    const char *command = getenv("CNI_COMMAND");
    return command == NULL ? "" : command;
}

static bool is_command(const char *name) { return strcmp(command_of_call(), name) == 0; }

static int give_up(struct relay *relay, const struct address *address, const struct call *call, const char *reason) {
    char message[512];
    snprintf(message, sizeof message, "the netd daemon at %.200s %s", address->text, reason);
    if (is_command("STATUS"))
        return cni_print_error(&relay->input, CNI_UNAVAILABLE, message);
    if (!is_command("DEL"))
        return cni_print_error(&relay->input, CNI_TRY_AGAIN, message);
    relay_finish_input(relay);
    int failure = queue_put(call, &relay->input);
    if (failure == 0)
        return 0;
    size_t used = strlen(message);
    snprintf(message + used, sizeof message - used, ", and the DEL cannot be queued: %s", strerror(failure));
    return cni_print_error(&relay->input, CNI_TRY_AGAIN, message);
}

static int converse(struct relay *relay, const struct address *address, const struct call *call) {
    switch (relay_run(relay)) {
    case OUTCOME_EXITED:
        return relay->exit_code;
    case OUTCOME_SILENT:
        return give_up(relay, address, call, "does not answer");
    case OUTCOME_INCOMPATIBLE:
        return give_up(relay, address, call, "speaks another version of the protocol than this plugin (" NETD_VERSION ")");
    default:
        return give_up(relay, address, call, "ended the connection before it answered");
    }
}

static int carry_out(const char *plugin, struct relay *relay) {
    const char *text = getenv("NETD_HOST");
    struct address address;
    if (!address_parse(&address, text != NULL && text[0] != '\0' ? text : DEFAULT_ADDRESS))
        return cni_print_error(&relay->input, CNI_BAD_ENVIRONMENT, "NETD_HOST is not unix:///path or tcp://address:port");
    int patience = is_command("STATUS") ? STATUS_PATIENCE_MS : PATIENCE_MS;
    struct call call = {plugin, 0, NULL, true};
    relay->deadline = monotonic_ms() + patience;
    relay->is_deadline_final = is_command("STATUS");
    relay->socket = address_connect(&address, patience);
    if (relay->socket == -EAGAIN)
        return give_up(relay, &address, &call, "does not accept connections");
    if (relay->socket < 0) {
        fallback_exec(plugin, 0, NULL);
        return cni_print_error(
            &relay->input, CNI_TRY_AGAIN, "the netd daemon is not running and bin/netd cannot be started in its place");
    }
    frame_preface(&relay->to_daemon);
    call_write(&relay->to_daemon, &call);
    return converse(relay, &address, &call);
}

int cni_main(const char *plugin) {
    if (command_of_call()[0] == '\0')
        return cni_print_about(plugin);
    if (is_command("VERSION"))
        return cni_print_versions(plugin);
    struct relay relay = {.socket = -1, .signals = -1, .is_streaming = true};
    int code = carry_out(plugin, &relay);
    relay_close(&relay);
    return code;
}
