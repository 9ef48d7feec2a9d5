#!/bin/sh
# Applies a Terraform plan only if the client VPN is in order: the model of the network is linted first, and a report for
# the change is kept. Usage: terraform-apply.sh MODEL [ARGUMENTS OF TERRAFORM APPLY]
set -eu
model=$1
shift
if ! test -f "$model"; then
  echo "terraform-apply: $model is not a file, nothing is applied" >&2
  exit 2
fi
status=0
vpnlint --report markdown:vpnlint.md "$model" || status=$?
if test "$status" -ne 0; then
  echo "terraform-apply: vpnlint ended with status $status, nothing is applied; vpnlint.md has its findings" >&2
  exit "$status"
fi
exec terraform apply "$@"
