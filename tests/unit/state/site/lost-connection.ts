/** The body of an answer whose connection is lost after these bytes, as browsers tell of it. */
export function lostAfter(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(new TypeError('network error'));
      else controller.enqueue(bytes);
      isSent = true;
    },
  });
}
