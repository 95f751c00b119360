/**
 * How far this client has come. Two numbers say it:
 * the *counter* numbers the packets of one connection 0, 1, 2, … so that a hole shows at once;
 * the *position* is the last event of the user's history that we hold, from which any connection resumes.
 */
export class Progress {
  counter = -1;
  /** Resume from here: everything up to it has been received. Null before the first load. */
  position = null;
  #seen = null;
  #hole = false;

  /** State was just loaded by REST; it includes everything up to `position`. */
  startFrom(position) {
    this.position = this.#seen = position;
    this.#hole = false;
  }

  /** What we hold cannot be continued: the next connection has to load everything anew. */
  forget() {
    this.startFrom(null);
  }

  newConnection() {
    this.counter = -1;
    this.#seen = this.position;
    this.#hole = false;
  }

  /** Returns true when a packet is missing before this one. */
  accept({ counter, position }) {
    const missing = counter !== this.counter + 1;
    this.counter = counter;
    if (missing) this.#hole = true;
    if (position && isAfter(position, this.#seen)) this.#seen = position;
    // With a hole behind us the resume point must stay before the hole.
    if (!this.#hole) this.position = this.#seen;
    return missing;
  }

  /** Everything since `position` was sent again. */
  healed() {
    this.#hole = false;
    this.position = this.#seen;
  }

  /** The server says that we now hold everything up to `to`, though not all of it was for our eyes. */
  caughtUpTo(to) {
    if (to && isAfter(to, this.#seen)) this.#seen = to;
    if (!this.#hole) this.position = this.#seen;
  }
}

/** Positions are `<milliseconds>-<sequence>`; neither part ever goes back. */
function isAfter(position, other) {
  if (!other) return true;
  const [millis, sequence] = position.split('-').map(Number);
  const [otherMillis, otherSequence] = other.split('-').map(Number);
  return millis === otherMillis ? sequence > otherSequence : millis > otherMillis;
}
