import { identityId, newId, userIdFromName } from '../protocol/ids.js';
import { RequestError } from '../protocol/requests.js';
import { findDistinct } from '../store/queries.js';

/** Finds or makes the one conversation among these people; resolves to its id. */
export async function startConversation({ store, connection }, names) {
  const others = [...new Set(names.map(userIdFromName).filter(Boolean).map(identityId))].filter((id) => id !== store.me);
  if (others.length === 0) throw new Error('Type the name of somebody else.');
  const known = findDistinct(store, others);
  if (known) return known.id;
  return store.putConversation(await create(connection, [store.me, ...others])).id;
}

/** Two of these errors mean that there is one already, and carry it. */
async function create(connection, participants) {
  const data = { id: newId('conversations'), participants, distinct: true, metadata: null };
  try {
    return await connection.request('Conversation.create', { data });
  } catch (error) {
    const found = error instanceof RequestError && ['conflict', 'id_in_use'].includes(error.id);
    if (found && error.data) return error.data;
    throw error;
  }
}
