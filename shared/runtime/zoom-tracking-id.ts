/** Zoom's id of a request, which its support asks for, as our messages end with it. */
export const zoomTrackingIdIn = (message: string): string | undefined =>
  /\btracking id ([\w=;.:-]+)/.exec(message)?.[1];
