/** The REST half of the protocol: JSON in, JSON out, the session in a header. */

const ACCEPT = 'application/vnd.layer+json; version=2.0';
const TIMEOUT_MS = 15_000;

/** The server answered, and said no. A network failure is fetch's own TypeError instead. */
export class RestError extends Error {
  constructor(status, error) {
    super(error?.message ?? `The server answered ${status}.`);
    this.status = status;
    this.id = error?.id;
  }
}

export class Rest {
  #token;
  #onSessionEnd;

  constructor(token, onSessionEnd) {
    this.#token = token;
    this.#onSessionEnd = onSessionEnd;
  }

  async get(path) {
    return (await this.read(path)).data;
  }

  /** A read with the position from which a socket must start not to miss anything after it. */
  async read(path) {
    const response = await this.#send('GET', path);
    return { data: await response.json(), position: response.headers.get('Continuo-Position') };
  }

  async post(path, body, headers = {}) {
    const response = await this.#send('POST', path, body, headers);
    const text = await response.text();
    return text ? JSON.parse(text) : null;
  }

  async delete(path) {
    await this.#send('DELETE', path);
  }

  async #send(method, path, body, headers = {}) {
    const response = await fetch(path, {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        Accept: ACCEPT,
        Authorization: `Layer session-token="${this.#token}"`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.ok) return response;
    if (response.status === 401) this.#onSessionEnd();
    throw new RestError(response.status, await response.json().catch(() => null));
  }
}
