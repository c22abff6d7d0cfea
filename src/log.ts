// The log: JSON lines, readable on a terminal; never a token, a response URL or what somebody typed.
import type { Logger as BoltLogger, LogLevel } from '@slack/bolt';
import pino, { type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';

/**
 * The log of one process.
 * @param destination - default: standard output, coloured where that is a terminal
 */
export function createLog(level: string, destination: DestinationStream = defaultDestination()): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      serializers: { err: describeError },
      hooks: {
        // A library's own words may carry an address or a token.
        logMethod(args, method) {
          const last = args.length - 1;
          const message: unknown = args[last];
          if (typeof message === 'string') args[last] = hideSecrets(message);
          method.apply(this, args);
        },
      },
    },
    destination,
  );
}

function defaultDestination(): DestinationStream {
  if (process.stdout.isTTY) return pretty({ translateTime: 'HH:MM:ss', ignore: 'pid,hostname' });
  // A reader that is slow or gone must not hold up the bot: lines wait for it up to a limit, then they are dropped.
  const destination = pino.destination({
    dest: 1,
    sync: true,
    maxLength: 1_048_576,
    retryEAGAIN: () => false,
  });
  destination.on('error', () => undefined);
  return destination;
}

/**
 * What a log may say of an error: its kind, its words without secrets, where it happened, and what caused it.
 * Errors of libraries carry requests and answers as properties, and those hold what people typed: none is kept but a code.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause ?? ('original' in error ? error.original : undefined);
  return {
    type: error.name,
    ...code,
    message: wordsOf(error),
    at: (error.stack ?? '')
      .split('\n')
      .filter(line => /^\s+at /.test(line))
      .slice(0, 8)
      .map(line => line.trim()),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

/** The most telling code of an error, such as ECONNREFUSED, else its words. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const inner = error.cause ?? ('original' in error ? error.original : undefined);
  if (inner instanceof Error) return codeOf(inner);
  return 'code' in error && typeof error.code === 'string' ? error.code : wordsOf(error);
}

function wordsOf(error: Error): string {
  // Prisma repeats the arguments of the failed call, then says in the last line what was wrong; zod lists what it was given.
  if (/^PrismaClient/.test(error.name))
    return hideSecrets(error.message.trim().split('\n').at(-1) ?? '').slice(0, 300);
  if (error.name === 'ZodError' || error instanceof SyntaxError) return 'Unexpected shape.';
  return hideSecrets(error.message).slice(0, 300);
}

function hideSecrets(text: string): string {
  return text
    .replace(/xox[a-z]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+/g, '[token]')
    .replace(/https?:\/\/[^\s"']*\/(?:commands|actions|services|app|response)\/[^\s"']*/g, '[response URL]')
    .replace(/(wss?:\/\/[^\s"'?]*)\?[^\s"']*/g, '$1?[ticket]')
    .replace(/(postgres(?:ql)?:\/\/)[^@\s]*@/g, '$1[credentials]@');
}

/** Bolt's messages in our log. Its debug messages are dropped at every level: they repeat payloads, and with them what people typed. */
export function boltLogger(log: Logger): BoltLogger {
  const child = log.child({ from: 'bolt' });
  const words = (parts: unknown[]) =>
    hideSecrets(parts.map(part => (part instanceof Error ? wordsOf(part) : String(part))).join(' ')).slice(
      0,
      500,
    );
  return {
    debug: () => undefined,
    info: (...parts) => child.info(words(parts)),
    warn: (...parts) => child.warn(words(parts)),
    error: (...parts) => child.error(words(parts)),
    setLevel: () => undefined,
    getLevel: () => 'info' as LogLevel,
    setName: () => undefined,
  };
}
