'use strict';

// Applies Layer Patch operations as Layer's own package does. Reads cases from stdin, one JSON object a line, and writes
// what has become of each document, or that the package refused.
const LayerPatch = require('layer-patch');
const { createInterface } = require('node:readline');

const parser = new LayerPatch({ getObjectCallback: (id) => ({ id }) });

function apply({ document, operations }) {
  try {
    parser.parse({ object: document, operations });
    return { document };
  } catch (error) {
    return { refused: error.message };
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => process.stdout.write(`${JSON.stringify(apply(JSON.parse(line)))}\n`));
