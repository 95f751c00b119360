/**
 * Layer Patch: `set`, `delete`, `add` and `remove` on dotted property paths. `resolve(id, value)` turns
 * an object given by id into what the target keeps for it.
 */
export function applyPatch(target, operations, resolve = (id) => id) {
  for (const operation of operations) applyOperation(target, operation, resolve);
}

function applyOperation(target, { operation, property, ...operand }, resolve) {
  const path = splitPath(property);
  // Metadata keys are chosen by other people; this one would reach the prototype.
  if (path.includes('__proto__')) return;
  const key = path.pop();
  const parent = path.reduce(step, target);
  const value = 'id' in operand ? resolve(operand.id, operand.value) : operand.value;
  switch (operation) {
    case 'set':
      parent[key] = value;
      break;
    case 'delete':
      delete parent[key];
      break;
    case 'add':
      parent[key] = [...new Set([...listOf(parent, key), value])];
      break;
    case 'remove':
      parent[key] = listOf(parent, key).filter((element) => element !== value);
      break;
  }
}

/** Missing parents are made on the way; inherited properties do not count as parents. */
function step(node, key) {
  if (!Object.hasOwn(node, key) || node[key] === null) node[key] = {};
  return node[key];
}

const listOf = (parent, key) => (Object.hasOwn(parent, key) && Array.isArray(parent[key]) ? parent[key] : []);

/** `a.b` has two keys; `a\.b` is one key with a dot in it. */
export function splitPath(property) {
  const keys = [''];
  for (let i = 0; i < property.length; i++) {
    if (property[i] === '.') keys.push('');
    else keys[keys.length - 1] += property[i] === '\\' ? (property[++i] ?? '') : property[i];
  }
  return keys;
}
