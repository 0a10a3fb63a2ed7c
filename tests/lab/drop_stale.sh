#!/bin/sh
# Compiler launcher: drop_stale.sh EXECUTABLE COMPILER ARGUMENTS...
[ ! -e "$1" ] || rm -f "$1"
shift
exec "$@"
