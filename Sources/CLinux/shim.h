// System calls that Swift's Glibc module does not show, because it is built without _GNU_SOURCE.
#pragma once

// syncfs(2)
int syncfs(int fd);
