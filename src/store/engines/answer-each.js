// How a thread answers what it is asked. JavaScript, for it runs in the threads.
import { parentPort } from 'node:worker_threads';

/**
 * Answers each message, also with why there is no answer.
 * @template Message
 * @param {(message: Message) => unknown} answer - may be a promise; what it throws is told
 */
export function answerEach(answer) {
  parentPort?.on('message', async (/** @type {Message} */ message) => {
    /** @type {import('./threads.js').Reply} */
    let reply;
    try {
      reply = { answer: await answer(message) };
    } catch (error) {
      const { message, code } = /** @type {Error & { code?: string }} */ (error);
      reply = { refused: { message, code } };
    }
    parentPort?.postMessage(reply);
  });
}
