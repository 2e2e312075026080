/*
 * Removes a link with one netlink message and waits for the kernel's answer: the floor of what a DEL can take.
 *
 * usage: veth-removal NAME
 */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: veth-removal NAME\n");
        return 2;
    }
    struct {
        struct nlmsghdr header;
        struct ifinfomsg link;
    } request = {
        .header = {.nlmsg_len = sizeof request, .nlmsg_type = RTM_DELLINK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
        .link = {.ifi_index = (int)if_nametoindex(argv[1])},
    };
    struct {
        struct nlmsghdr header;
        struct nlmsgerr error;
    } answer;
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0 || send(fd, &request, sizeof request, 0) < 0 || recv(fd, &answer, sizeof answer, 0) < 0) {
        perror("veth-removal");
        return 1;
    }
    if (answer.error.error) {
        fprintf(stderr, "veth-removal: %s: %s\n", argv[1], strerror(-answer.error.error));
        return 1;
    }
    return 0;
}
