/* What a CNI plugin prints without asking the daemon. */
#ifndef NETD_CNI_OUTPUT_H
#define NETD_CNI_OUTPUT_H

#include "buffer.h"

enum cni_code { CNI_BAD_ENVIRONMENT = 4, CNI_TRY_AGAIN = 11, CNI_UNAVAILABLE = 50 };

/* Each returns the exit code. */
int cni_print_about(const char *plugin);
int cni_print_versions(const char *plugin);

/* The error as JSON on standard output, in the version that the configuration names. */
int cni_print_error(const struct buffer *config, enum cni_code code, const char *message);

#endif
