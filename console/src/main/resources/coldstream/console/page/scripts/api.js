/** An answer that was not what was asked for, in words for a person. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const LIMIT_MILLIS = 15_000;

/** What the console's server says at a path, as read from JSON. */
export const read = path => call(path, { headers: { Accept: 'application/json' } });

/** Asks the server to do something. The token is sent with this one request and kept nowhere. */
export const act = (path, body, token) =>
  call(path, {
    method: 'POST',
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(LIMIT_MILLIS) });
  } catch (failure) {
    const late = failure.name === 'TimeoutError';
    throw new ApiError(late ? `no answer in ${LIMIT_MILLIS / 1000} s` : 'the console cannot be reached', 0);
  }
  const text = await response.text();
  let answer = null;
  try {
    answer = text === '' ? null : JSON.parse(text);
  } catch {
    // Something in between answered in its own words; the status says enough.
  }
  if (!response.ok) {
    throw new ApiError(answer?.detail ?? answer?.title ?? `the console answered ${response.status}`, response.status);
  }
  if (answer === null && text !== '') {
    throw new ApiError('the console answered something that is not JSON', response.status);
  }
  return answer;
}
