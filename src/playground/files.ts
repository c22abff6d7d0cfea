// The files that the bot uploads: announced, sent as bytes, then shared; kept in memory for as long as the playground runs.

import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import { Refusal } from './refusal.js';
import type { SharedFile } from './things.js';
import { BOT, TEAM } from './world.js';

/** Slack takes 1 GB; what is kept in memory here has to be less. */
export const MOST_BYTES = 50 * 1024 * 1024;

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.zip': 'application/zip',
};

/** A file on its way in, or there. */
export interface KeptFile {
  id: string;
  name: string;
  /** As announced. */
  length: number;
  /** `undefined` until the bytes have come. */
  bytes: Buffer | undefined;
  isShared: boolean;
}

/** Keeps the files. @see https://docs.slack.dev/messaging/working-with-files#uploading_files */
export class Files {
  private readonly byId = new Map<string, KeptFile>();
  /** By path; each is good for one upload. */
  private readonly tickets = new Map<string, KeptFile>();
  /** By a part of the address that nobody can guess: a browser sends no token. */
  private readonly downloads = new Map<string, KeptFile>();

  constructor(private readonly base: () => string) {}

  /** Makes room for a file, and an address to send its bytes to. */
  announce(name: string, length: number): { id: string; url: string } {
    const id = `F0${String(this.byId.size + 1).padStart(8, '0')}`;
    const file: KeptFile = { id, name, length, bytes: undefined, isShared: false };
    const path = `/upload/v1/${secret()}`;
    this.byId.set(id, file);
    this.tickets.set(path, file);
    return { id, url: this.base() + path };
  }

  /** True for a path that only an upload or a download can have. */
  isPath(path: string): boolean {
    return /^\/(upload\/v1|files-pri)\//.test(path);
  }

  /** The file that this ticket still waits for. */
  awaited(path: string): KeptFile | undefined {
    return this.tickets.get(path);
  }

  /** Takes the bytes and with them the ticket. Throws unless they are as many as announced; the ticket then stays good. */
  receive(path: string, bytes: Buffer): KeptFile {
    const file = this.tickets.get(path);
    if (file === undefined) throw new Refusal('not_found', {}, 404);
    if (bytes.length !== file.length) throw new Refusal('length_mismatch', {}, 400);
    this.tickets.delete(path);
    file.bytes = bytes;
    return file;
  }

  /** A file whose bytes are here and which is not shared yet. Throws `file_not_found`. */
  uploaded(id: string): KeptFile {
    const file = this.byId.get(id);
    if (file?.bytes === undefined || file.isShared) throw new Refusal('file_not_found');
    return file;
  }

  /** Makes a file one that can be shown and downloaded. */
  share(file: KeptFile, title: string): SharedFile {
    file.isShared = true;
    const name = encodeURIComponent(file.name);
    const key = secret();
    this.downloads.set(key, file);
    return {
      id: file.id,
      name: file.name,
      title,
      mimetype: MIME_TYPES[extname(file.name).toLowerCase()] ?? 'application/octet-stream',
      size: file.length,
      url_private_download: `${this.base()}/files-pri/${TEAM.id}-${file.id}/${key}/download/${name}`,
      permalink: `${TEAM.url}files/${BOT.userId}/${file.id}/${name}`,
    };
  }

  /** The file at that address. Whatever the name at its end: browsers take one like `..` away. */
  at(path: string): KeptFile | undefined {
    const [, , , key = ''] = path.split('/');
    return this.downloads.get(key);
  }
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
