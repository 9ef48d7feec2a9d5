#ifndef VPNLINT_CFILEATTRIBUTES_SHIM_H
#define VPNLINT_CFILEATTRIBUTES_SHIM_H
#include <sys/types.h>
#include <sys/xattr.h>
#endif
