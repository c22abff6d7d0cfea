// Modals: opened with triggers, filled in, submitted, refused, updated, pushed and closed.

import { describe, expect, test } from 'vitest';
import { aClient, aLocalSlack, anHttpApp, aSocketApp, MODAL } from './support.js';

describe.each([['Socket Mode', aSocketApp] as const, ['signed HTTP', anHttpApp] as const])(
  'over %s',
  (_, start) => {
    test('a modal opened from a command is filled in, marked with errors, and closed when it is right', async () => {
      const slack = await aLocalSlack();
      const seen: object[] = [];
      await start(slack, app => {
        app.command('/thank', async ({ ack, command, client }) => {
          await ack();
          await client.views.open({ trigger_id: command.trigger_id, view: MODAL });
        });
        app.view('thanks', async ({ ack, view }) => {
          seen.push(view.state.values);
          const typed = view.state.values.words?.typed?.value ?? '';
          if (typed === 'bad') await ack({ response_action: 'errors', errors: { words: 'Say it kindly' } });
          else await ack();
        });
      });
      const ana = slack.as('U0ANA');
      await ana.command('/thank');
      const modal = await ana.waitForView('What for');
      expect(modal.view).toMatchObject({
        callback_id: 'thanks',
        private_metadata: 'from the test',
        type: 'modal',
      });

      expect(await ana.submit()).toMatchObject({
        delivered: false,
        errors: { words: 'Please complete this required field.' },
      });
      ana.fill({ words: { typed: 'bad' } });
      expect(await ana.submit()).toMatchObject({
        acknowledged: true,
        closed: false,
        errors: { words: 'Say it kindly' },
      });
      expect(ana.view?.errors).toEqual({ words: 'Say it kindly' });
      ana.fill({ words: { typed: '<@U0BEN> & co' }, people: { chosen: ['@chen', 'U0DIEGO'] } });
      expect(await ana.submit()).toMatchObject({ acknowledged: true, closed: true });
      expect(ana.view).toBeUndefined();
      expect(seen).toEqual([
        {
          words: { typed: { type: 'plain_text_input', value: 'bad' } },
          people: { chosen: { type: 'multi_users_select', selected_users: ['U0BEN'] } },
        },
        {
          words: { typed: { type: 'plain_text_input', value: '<@U0BEN> & co' } },
          people: { chosen: { type: 'multi_users_select', selected_users: ['U0CHEN', 'U0DIEGO'] } },
        },
      ]);
    });

    test('update keeps what was entered, push puts a modal on top, clear closes all', async () => {
      const slack = await aLocalSlack();
      const steps = ['update', 'push', 'clear'] as const;
      let step = 0;
      await start(slack, app => {
        app.command('/thank', async ({ ack, command, client }) => {
          await ack();
          await client.views.open({ trigger_id: command.trigger_id, view: MODAL });
        });
        app.view('thanks', async ({ ack }) => {
          const action = steps[step];
          step += 1;
          if (action === 'clear') await ack({ response_action: 'clear' });
          else if (action !== undefined) await ack({ response_action: action, view: MODAL });
        });
      });
      const ana = slack.as('U0ANA');
      await ana.command('/thank');
      const first = await ana.waitForView();
      const { id, hash } = first.view;
      ana.fill({ words: { typed: 'kept' } });
      const updated = await ana.submit();
      expect(updated.updated?.id).toBe(id);
      expect(updated.updated?.hash).not.toBe(hash);
      expect(ana.view?.values.words?.typed).toEqual({ type: 'plain_text_input', value: 'kept' });
      const pushed = await ana.submit();
      expect(pushed.updated).toMatchObject({ previous_view_id: id, root_view_id: id });
      expect(ana.view?.view.id).not.toBe(id);
      ana.fill({ words: { typed: 'again' } });
      expect(await ana.submit()).toMatchObject({ closed: true });
      expect(ana.view).toBeUndefined();
    });

    test('a double click submits the same view twice at once', async () => {
      const slack = await aLocalSlack();
      const ids: string[] = [];
      await start(slack, app => {
        app.command('/thank', async ({ ack, command, client }) => {
          await ack();
          await client.views.open({ trigger_id: command.trigger_id, view: MODAL });
        });
        app.view('thanks', async ({ ack, view }) => {
          ids.push(view.id);
          await ack();
        });
      });
      const ana = slack.as('U0ANA');
      await ana.command('/thank');
      await ana.waitForView();
      ana.fill({ words: { typed: 'thanks' } });
      const both = await ana.submitTwice();
      expect(both.map(({ closed }) => closed)).toEqual([true, true]);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
    });
  },
);

test('a submission without an answer leaves the modal open, to be sent again under the same id', async () => {
  const slack = await aLocalSlack();
  let answers = false;
  const ids: string[] = [];
  await aSocketApp(slack, app => {
    app.command('/thank', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: MODAL });
    });
    app.view('thanks', async ({ ack, view }) => {
      ids.push(view.id);
      if (answers) await ack();
    });
  });
  const ana = slack.as('U0ANA');
  await ana.command('/thank');
  await ana.waitForView();
  ana.fill({ words: { typed: 'thanks' } });
  expect(await ana.submit()).toMatchObject({
    acknowledged: false,
    failure: 'operation_timeout',
    closed: false,
  });
  answers = true;
  expect(await ana.submit()).toMatchObject({ acknowledged: true, closed: true });
  expect(new Set(ids).size).toBe(1);
});

test('errors for a block that is no input are no answer', async () => {
  const slack = await aLocalSlack();
  await aSocketApp(slack, app => {
    app.command('/thank', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: MODAL });
    });
    app.view('thanks', ({ ack }) => ack({ response_action: 'errors', errors: { nowhere: 'wrong' } }));
  });
  const ana = slack.as('U0ANA');
  await ana.command('/thank');
  await ana.waitForView();
  ana.fill({ words: { typed: 'thanks' } });
  const result = await ana.submit();
  expect(result).toMatchObject({ acknowledged: false, closed: false });
  expect(result.failure).toContain('no input block "nowhere"');
});

test('a trigger opens one modal, within three seconds', async () => {
  let at = Date.parse('2026-11-20T16:00:00Z');
  const slack = await aLocalSlack({ now: () => new Date(at) });
  const client = aClient(slack);
  const [first, late] = [
    await slack.as('U0ANA').command('/thank'),
    await slack.as('U0ANA').command('/thank'),
  ];
  const triggerOf = (result: typeof first): string => String(result.delivery.payload.trigger_id);
  await client.views.open({ trigger_id: triggerOf(first), view: MODAL });
  await expect(client.views.open({ trigger_id: triggerOf(first), view: MODAL })).rejects.toThrow(
    'exchanged_trigger_id',
  );
  at += 3001;
  await expect(client.views.open({ trigger_id: triggerOf(late), view: MODAL })).rejects.toThrow(
    'expired_trigger_id',
  );
  await expect(client.views.open({ trigger_id: '1.2.abc', view: MODAL })).rejects.toThrow(
    'invalid_trigger_id',
  );
});

test('a view is changed only with the hash it has, and only while it is open', async () => {
  const slack = await aLocalSlack();
  const client = aClient(slack);
  const ana = slack.as('U0ANA');
  const { delivery } = await ana.command('/thank');
  const opened = await client.views.open({ trigger_id: String(delivery.payload.trigger_id), view: MODAL });
  const view_id = opened.view?.id ?? '';
  const hash = opened.view?.hash ?? '';
  await client.views.update({ view_id, hash, view: MODAL });
  await expect(client.views.update({ view_id, hash, view: MODAL })).rejects.toThrow('hash_conflict');
  await ana.close();
  await expect(client.views.update({ view_id, view: MODAL })).rejects.toThrow('not_found');
});

test('closing a modal tells the bot when the view asks for it', async () => {
  const slack = await aLocalSlack();
  const closed: unknown[] = [];
  await aSocketApp(slack, app => {
    app.command('/thank', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: { ...MODAL, notify_on_close: true } });
    });
    app.view({ type: 'view_closed', callback_id: 'thanks' }, async ({ ack, body }) => {
      closed.push('is_cleared' in body && body.is_cleared);
      await ack();
    });
  });
  const ana = slack.as('U0ANA');
  await ana.command('/thank');
  await ana.waitForView();
  await ana.close();
  expect(closed).toEqual([false]);
});

test('a person cannot enter what the client would not take', async () => {
  const slack = await aLocalSlack();
  const ana = slack.as('U0ANA');
  const { delivery } = await ana.command('/thank');
  const trigger_id = String(delivery.payload.trigger_id);
  await aClient(slack).views.open({ trigger_id, view: MODAL });
  expect(() => ana.fill({ words: { typed: 'x'.repeat(21) } })).toThrow('takes 20 characters');
  expect(() => ana.fill({ nothing: { typed: 'x' } })).toThrow('no block "nothing"');
  expect(() => ana.fill({ people: { chosen: ['@nobody'] } })).toThrow('nobody called @nobody');
});

test('the home tab is published, opened, clicked and published again', async () => {
  const slack = await aLocalSlack();
  await aSocketApp(slack, app => {
    const publish = (text: string) => ({
      type: 'home' as const,
      blocks: [
        { type: 'section' as const, text: { type: 'mrkdwn' as const, text } },
        {
          type: 'actions' as const,
          elements: [
            {
              type: 'button' as const,
              action_id: 'more',
              text: { type: 'plain_text' as const, text: 'More' },
            },
          ],
        },
      ],
    });
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: publish('welcome') });
    });
    app.action('more', async ({ ack, body, client }) => {
      await ack();
      await client.views.publish({ user_id: body.user.id, view: publish('more of it') });
    });
  });
  const ana = slack.as('U0ANA');
  await ana.openHome();
  const home = await ana.waitForHome('welcome');
  await ana.click({ home }, 'more');
  await ana.waitForHome('more of it');
});
