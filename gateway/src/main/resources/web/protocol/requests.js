/** Requests over the socket that still wait for their response. */

/** The server answered `success: false`; `data` is the object that some errors carry. */
export class RequestError extends Error {
  constructor(error) {
    super(error?.message ?? 'The server refused the request.');
    this.id = error?.id;
    this.data = error?.data;
  }
}

/** No answer: the request may or may not have been executed. Safe to repeat with the same object id. */
export class ConnectionLost extends Error {
  constructor(reason = 'The connection is gone.') {
    super(reason);
  }
}

export class Requests {
  #lastId = 0;
  #pending = new Map();

  /** Returns the packet to send and the promise of its response. */
  open(method, fields, timeoutMs, onTimeout) {
    const id = `r${++this.#lastId}`;
    const packet = { type: 'request', body: { method, request_id: id, ...fields } };
    const response = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new ConnectionLost(`No answer to ${method}.`));
        onTimeout();
      }, timeoutMs);
      this.#pending.set(id, { resolve, reject, timer, changes: [] });
    });
    return { packet, response };
  }

  settle({ request_id: id, success, data }) {
    const request = this.#pending.get(id);
    if (!request) return;
    if (success && data?.batch) {
      request.changes.push(...(data.changes ?? data.results ?? []));
      if (data.batch.index < data.batch.count - 1) return;
      data = { ...data, changes: request.changes };
    }
    this.#pending.delete(id);
    clearTimeout(request.timer);
    if (success) request.resolve(data ?? {});
    else request.reject(new RequestError(data));
  }

  abandonAll() {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new ConnectionLost());
    }
    this.#pending.clear();
  }
}
