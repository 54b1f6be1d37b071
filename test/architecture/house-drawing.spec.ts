import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { modulesFromTheGroundUp } from '../../src/module-graph.js';
import { depthOf, drawHouse } from '../support/house-drawing.js';
import { absolute, read } from '../support/sources.js';

const page = 'docs/ARCHITECTURE.md';
const [start, end] = ['<!-- the house: drawn by a test -->', '<!-- end of the house -->'];
const deepest = 7;

describe('the drawn house', () => {
  it('is the one that stands', () => {
    const text = read(page);
    const [before, rest = ''] = text.split(start);
    const after = rest.split(end)[1];
    expect(after).toBeDefined();
    const current = `${before}${start}\n\n${drawHouse()}\n\n${end}${after}`;
    // UPDATE=1 draws it anew after the graph changed.
    if (process.env['UPDATE'] === '1') writeFileSync(absolute(page), current);
    else expect(text).toBe(current);
  });

  it('is not deep', () => {
    const depths = modulesFromTheGroundUp.map(depthOf);
    expect(Math.max(...depths)).toBeGreaterThan(1);
    expect(Math.max(...depths)).toBeLessThanOrEqual(deepest);
  });
});
