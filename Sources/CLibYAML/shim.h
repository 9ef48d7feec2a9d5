#ifndef VPNLINT_CLIBYAML_SHIM_H
#define VPNLINT_CLIBYAML_SHIM_H
#include <yaml.h>
#endif
