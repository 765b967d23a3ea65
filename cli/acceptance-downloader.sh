#!/bin/sh
# zoom-log-source as the acceptance kit runs it for recordings: collects into the state folder, delivers the files. See docs/acceptance.md.
bin=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")/bin/zoom-log-source
archive=$ACCEPTANCE_STATE/archive

ZOOM_REQUESTS_PER_SECOND=500 "$bin" collect --content --stream recording --out "$archive" --now "$ACCEPTANCE_NOW" \
  --from "$ACCEPTANCE_FIRST_DAY" --to "${ACCEPTANCE_NOW%%T*}" --on-deauthorization retain >&2
code=$?

if [ -d "$archive/files" ]; then
  cp -R "$archive/files/." "$ACCEPTANCE_OUTPUT" || exit
fi
exit $code
