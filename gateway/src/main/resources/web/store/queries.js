/** What the views ask the store. */

export function conversationsByActivity(store) {
  const activity = ({ last_message: last, created_at: created }) => store.messages.get(last)?.sent_at ?? created;
  return [...store.conversations.values()].sort((a, b) => (activity(a) < activity(b) ? 1 : -1));
}

/** In the server's order; what is not sent yet stands at the end, in the order of writing. */
export function messagesOf(store, conversationId) {
  return [...store.messages.values()]
    .filter(({ conversation }) => conversation === conversationId)
    .sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity) || (a.order ?? 0) - (b.order ?? 0));
}

/** The oldest message that the server knows, or undefined. */
export const oldestOf = (store, conversationId) => messagesOf(store, conversationId).find(({ pending }) => !pending);

export const othersOf = (store, conversation) => conversation.participants.filter((id) => id !== store.me);

export const isUnread = (store, message) =>
  message.sender !== store.me && !message.pending && message.status[store.me] !== 'read';

export const unreadTotal = (store) =>
  [...store.conversations.values()].reduce((sum, { unread_message_count: count }) => sum + (count ?? 0), 0);

export function nameOf(store, identityId) {
  const identity = store.identities.get(identityId);
  return identity?.display_name || identity?.user_id || 'Somebody';
}

export function titleOf(store, conversation) {
  const { title } = conversation.metadata ?? {};
  if (title) return title;
  const names = othersOf(store, conversation).map((id) => nameOf(store, id));
  return names.join(', ') || 'Only you';
}

/** The distinct conversation among exactly these people, if it is already here. */
export function findDistinct(store, others) {
  const wanted = [...others].sort().join(' ');
  return [...store.conversations.values()].find(
    (conversation) => conversation.distinct && othersOf(store, conversation).sort().join(' ') === wanted,
  );
}

/** How far a message of ours has come, as a whole: as far as it has come with everybody. */
export function deliveryOf(store, message) {
  if (message.pending) return message.pending;
  const others = Object.entries(message.status).filter(([id]) => id !== store.me);
  if (others.length === 0) return 'sent';
  if (others.every(([, status]) => status === 'read')) return 'read';
  return others.every(([, status]) => status !== 'sent') ? 'delivered' : 'sent';
}
