import { randomBytes } from 'node:crypto';
import { assertSound } from './sound.mjs';
import { SdkUser } from './sdk-user.mjs';
import { servers } from './server.mjs';

const SERVERS = servers();

/** 1.2.2 and 4.0.6 speak TLS only, so whoever talks to them meets them on the TLS base: the two may be separate servers. */
export const PAIRS = [
  { ines: '3.4.18', omar: '3.4.18', base: 'plain' },
  { ines: '1.2.2', omar: '1.2.2', base: 'tls' },
  { ines: '1.2.2', omar: '3.4.18', base: 'tls' },
  { ines: '4.0.6', omar: '4.0.6', base: 'tls' },
  { ines: '4.0.6', omar: '1.2.2', base: 'tls' },
].map((pair) => ({ ...pair, title: `${pair.ines} and ${pair.omar}` }));

/**
 * Plays a scene with two users nobody has met before, each behind an SDK of its own. When the scene is over both must
 * have received sound packets only.
 */
export function scene(pair, play) {
  return async (test) => {
    const server = SERVERS[pair.base];
    const cast = [];
    const join = async (version, { userId, displayName }) => {
      const user = await SdkUser.start({ version, userId, displayName, server });
      cast.push(user);
      return user;
    };
    try {
      const mark = randomBytes(4).toString('hex');
      // The dots and the @ are there to need escaping in ids and in Layer Patch paths.
      const ines = await join(pair.ines, { userId: `ines.k-${mark}@orchard.test`, displayName: 'Ines K.' });
      const omar = await join(pair.omar, { userId: `omar-${mark}`, displayName: 'Omar' });
      await play({ ines, omar, join, server, test });
      cast.forEach(assertSound);
    } finally {
      await Promise.all(cast.map((user) => user.close()));
    }
  };
}

/** Both ready, in one conversation that both have open. */
export async function meet({ ines, omar }, options = {}) {
  await Promise.all([ines.connect(), omar.connect()]);
  const { id } = await ines.call('createConversation', { participants: [omar.userId], ...options });
  await Promise.all([ines, omar].map(async (user) => {
    await user.untilConversation(id);
    await user.call('messages', id);
  }));
  return id;
}

/** Waits until nothing is under way between the two: every receipt for the last message has come back. */
export async function untilQuiet(conversationId, writer, reader) {
  await writer.until('delivery of the last message', async () => {
    const last = (await writer.call('messages', conversationId)).at(-1);
    return last?.status[reader.userId] === 'delivered' || last?.status[reader.userId] === 'read';
  });
}
