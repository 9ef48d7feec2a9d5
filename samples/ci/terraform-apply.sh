#!/bin/sh
# Applies a Terraform plan only if the client VPN is in order: the model of the network is linted first, and a report for
# the change is kept. Usage: terraform-apply.sh MODEL [ARGUMENTS OF TERRAFORM APPLY]
set -eu
model=$1
shift
if ! vpnlint --report markdown:vpnlint.md "$model"; then
  echo "terraform-apply: $model has findings, nothing is applied; vpnlint.md tells which" >&2
  exit 1
fi
exec terraform apply "$@"
