#!/bin/sh
# Compiler launcher: drop_stale.sh EXECUTABLE COMPILER ARGUMENTS...
rm -f "$1"
shift
exec "$@"
