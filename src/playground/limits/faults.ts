// A list of what is wrong with a piece of JSON, each with the place, in the words Slack answers with.

import { isObject } from '../json.js';
import type { JsonObject } from '../things.js';

/** Collects what is wrong, with JSON pointers as Slack gives them. */
export class Faults {
  /** As in Slack's `errors`: `must be less than 151 characters [json-pointer:/blocks/0/text/text]`. */
  readonly list: string[] = [];

  add(pointer: string, words: string): void {
    this.list.push(`${words} [json-pointer:${pointer}]`);
  }

  /** Faults every field that is not allowed, and every required one (`name!`) that is missing. */
  fields(value: JsonObject, pointer: string, allowed: string): void {
    const names = allowed.split(' ').map(name => name.replace('!', ''));
    for (const name of Object.keys(value)) {
      if (!names.includes(name)) this.add(`${pointer}/${name}`, `no more fields allowed: ${name}`);
    }
    for (const name of allowed.split(' ')) {
      if (name.endsWith('!') && value[name.slice(0, -1)] === undefined) {
        this.add(pointer, `missing required field: ${name.slice(0, -1)}`);
      }
    }
  }

  /** A string of `min` (default 1) to `max` characters; missing is fine. */
  string(value: unknown, pointer: string, max: number, min = 1): value is string {
    if (value === undefined) return false;
    if (typeof value !== 'string') {
      this.add(pointer, 'must be a string');
      return false;
    }
    if (value.length > max) this.add(pointer, `must be less than ${max + 1} characters`);
    if (value.length < min) this.add(pointer, `must be more than ${min - 1} characters`);
    return true;
  }

  /** One of the words; missing is fine. */
  oneOf(value: unknown, pointer: string, words: readonly string[]): void {
    if (value !== undefined && !(typeof value === 'string' && words.includes(value))) {
      this.add(pointer, `must be one of ${words.join(', ')}`);
    }
  }

  /** True or false; missing is fine. */
  flag(value: unknown, pointer: string): void {
    if (value !== undefined && typeof value !== 'boolean') this.add(pointer, 'must be a boolean');
  }

  /** A whole number between two others; missing is fine. */
  whole(value: unknown, pointer: string, min: number, max: number): void {
    if (value === undefined) return;
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
      this.add(pointer, `must be a whole number from ${min} to ${max}`);
    }
  }

  /** An http(s) or mailto address of at most 3,000 characters; missing is fine. */
  address(value: unknown, pointer: string): void {
    if (!this.string(value, pointer, 3000)) return;
    if (!URL.canParse(value) || !/^(https?|mailto|tel|slack):/i.test(value))
      this.add(pointer, 'must be a valid URL');
  }

  /** The items of a list of `min` to `max`; missing is fine, and empty then. */
  items(value: unknown, pointer: string, max: number, min = 1): unknown[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.add(pointer, 'must be an array');
      return [];
    }
    if (value.length > max) this.add(pointer, `no more than ${max} items allowed`);
    if (value.length < min) this.add(pointer, `must provide at least ${min} items`);
    return value;
  }

  /** The object, or `undefined` and a fault; missing is fine. */
  object(value: unknown, pointer: string): JsonObject | undefined {
    if (value === undefined) return undefined;
    if (isObject(value)) return value;
    this.add(pointer, 'must be an object');
    return undefined;
  }
}
