#!/bin/sh
# zoom-log-source as the acceptance kit runs it: polls into the state folder, delivers the flat lines. See docs/acceptance.md.
bin=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")/bin/zoom-log-source
archive=$ACCEPTANCE_STATE/archive

set -- poll --out "$archive" --now "$ACCEPTANCE_NOW" --backfill-days "$ACCEPTANCE_DAYS_BACK" --format flat
case $ACCEPTANCE_STREAMS in
  operation | activity) set -- "$@" --stream "$ACCEPTANCE_STREAMS" ;;
esac
ZOOM_REQUESTS_PER_SECOND=500 "$bin" "$@" >&2
code=$?

if [ -d "$archive/flat" ]; then
  cp -R "$archive/flat/." "$ACCEPTANCE_OUTPUT" || exit
fi
exit $code
