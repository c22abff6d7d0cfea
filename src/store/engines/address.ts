// Which database an address belongs to.

/**
 * Whether an address is SQLite's (`file:…`) or PostgreSQL's (`postgresql://…`).
 *
 * @throws when it is neither; the message does not repeat it, for it may hold a password
 */
export function engineOf(url: string): 'sqlite' | 'postgresql' {
  if (url.startsWith('file:')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgresql';
  throw new Error('A database address starts with file: or postgresql://');
}
