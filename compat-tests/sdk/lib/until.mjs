const PAUSE_MS = 20;
/** Only a failure takes it all; a machine that runs many clients at once is slow now and then. */
const LIMIT_MS = 30_000;

/** Waits until `probe` yields something truthy, and returns that; fails with `what` when the limit has passed. */
export async function until(what, probe, { within = LIMIT_MS, explain = () => '' } = {}) {
  const deadline = Date.now() + within;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Not within ${within} ms: ${what}\n${explain()}`);
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}
