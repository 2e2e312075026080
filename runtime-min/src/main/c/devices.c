#include "devices.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(dst, offset) {BPF_LDX | BPF_MEM | BPF_W, dst, BPF_REG_1, offset, 0}
#define IF_EQUAL(reg, value, skip) {BPF_JMP | BPF_JEQ | BPF_K, reg, 0, skip, value}
#define IF_NOT_EQUAL(reg, value, skip) {BPF_JMP | BPF_JNE | BPF_K, reg, 0, skip, value}
#define RESULT(value) {BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, value}
#define EXIT {BPF_JMP | BPF_EXIT, 0, 0, 0, 0}
#define COPY(dst, src) {BPF_ALU64 | BPF_MOV | BPF_X, dst, src, 0, 0}
#define AND(reg, value) {BPF_ALU64 | BPF_AND | BPF_K, reg, 0, 0, value}
#define SHIFT(reg, value) {BPF_ALU64 | BPF_RSH | BPF_K, reg, 0, 0, value}

/* r2 kind, r3 access, r4 major, r5 minor; jumps count instructions, the last two pairs are "no" and "yes". */
static const struct bpf_insn program[] = {
    LOAD(BPF_REG_2, 0),
    COPY(BPF_REG_3, BPF_REG_2),
    AND(BPF_REG_2, 0xffff),
    SHIFT(BPF_REG_3, 16),
    LOAD(BPF_REG_4, 4),
    LOAD(BPF_REG_5, 8),
    /*  6 */ IF_EQUAL(BPF_REG_3, BPF_DEVCG_ACC_MKNOD, 15),
    /*  7 */ IF_NOT_EQUAL(BPF_REG_2, BPF_DEVCG_DEV_CHAR, 12),
    /*  8 */ IF_EQUAL(BPF_REG_4, 136, 13),
    /*  9 */ IF_EQUAL(BPF_REG_4, 5, 6),
    /* 10 */ IF_NOT_EQUAL(BPF_REG_4, 1, 9),
    /* 11 */ IF_EQUAL(BPF_REG_5, 3, 10),
    /* 12 */ IF_EQUAL(BPF_REG_5, 5, 9),
    /* 13 */ IF_EQUAL(BPF_REG_5, 7, 8),
    /* 14 */ IF_EQUAL(BPF_REG_5, 8, 7),
    /* 15 */ IF_EQUAL(BPF_REG_5, 9, 6),
    /* 16 */ IF_EQUAL(BPF_REG_4, 1, 3),
    /* 17 */ IF_EQUAL(BPF_REG_5, 0, 4),
    /* 18 */ IF_EQUAL(BPF_REG_5, 1, 3),
    /* 19 */ IF_EQUAL(BPF_REG_5, 2, 2),
    /* 20 */ RESULT(0),
    /* 21 */ EXIT,
    /* 22 */ RESULT(1),
    /* 23 */ EXIT,
};

static int bpf(int command, union bpf_attr *attributes) {
    return (int) syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

static int load(void) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    attributes.insns = (uint64_t) (uintptr_t) program;
    attributes.insn_cnt = sizeof program / sizeof *program;
    attributes.license = (uint64_t) (uintptr_t) "Apache-2.0";
    return bpf(BPF_PROG_LOAD, &attributes);
}

int devices_guard(const char *cgroup) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    int group = open(cgroup, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int loaded = load();
    attributes.target_fd = (uint32_t) group;
    attributes.attach_bpf_fd = (uint32_t) loaded;
    attributes.attach_type = BPF_CGROUP_DEVICE;
    attributes.attach_flags = BPF_F_ALLOW_MULTI;
    int error = group < 0 || loaded < 0 || bpf(BPF_PROG_ATTACH, &attributes) != 0 ? errno : 0;
    close(group);
    close(loaded);
    return error;
}
