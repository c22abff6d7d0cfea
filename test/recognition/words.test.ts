// What is left of a giver's words where somebody is not to be named.
import { describe, expect, it } from 'vitest';
import { withoutNames } from '../../src/recognition/rules/words.js';

describe('words without names', () => {
  it.each([
    ['thanks @Ana Souza and Ana', ['Ana', 'Ana Souza'], 'thanks a colleague and a colleague'],
    ['thanks ana souza!', ['Ana Souza'], 'thanks a colleague!'],
    ['Anatomy of an outage', ['Ana'], 'Anatomy of an outage'],
    ['José, again', ['Jose\u0301'], 'a colleague, again'],
    ['what C++ (core) did', ['C++ (core)'], 'what a colleague did'],
    ['nobody is named', [''], 'nobody is named'],
  ])('%j without %j', (text, names, expected) => {
    expect(withoutNames(text, names)).toBe(expected);
  });
});
