// What people say in the eight weeks: thanks with the value they show, small talk, and answers.

/** A value's slug, and what somebody is thanked for under it. */
export const PRAISE: readonly (readonly [value: string, words: string])[] = [
  ['craft', 'for taming the build: it runs in four minutes now'],
  ['craft', 'for the cleanest migration I have reviewed this year'],
  ['craft', 'for finding the race in the importer with nothing but a stopwatch and patience'],
  ['craft', 'for rewriting the invoice screen so that nobody has to ask what the columns mean'],
  ['craft', 'for the tests around the exporter. They caught my mistake this morning'],
  ['craft', 'for turning the design review into three drawings everybody understood'],
  ['craft', 'for the error messages that finally say what to do next'],
  ['teamwork', 'for pairing with me all Tuesday until the build was green again'],
  ['teamwork', 'for jumping into the incident although it was not your service'],
  ['teamwork', 'for covering the support line while half of us had the flu'],
  ['teamwork', 'for explaining the ledger to the new people, twice, with pictures'],
  ['teamwork', 'for bringing design and support to one table before we built the wrong thing'],
  ['teamwork', 'for taking my on-call night so that I could be at the school play'],
  ['teamwork', 'for the handover notes. I found everything without asking once'],
  ['ownership', 'for staying with the customer until it really worked'],
  ['ownership', 'for saying early that the date would slip, and what we could do about it'],
  ['ownership', 'for following the strange log line for three days. It was a real bug'],
  ['ownership', 'for cleaning up the old feature flags nobody wanted to touch'],
  ['ownership', 'for writing down what went wrong on Monday without blaming anybody'],
  ['ownership', 'for calling the bank and sorting the payout out the same day'],
  ['kindness', 'for showing me around in my first week'],
  ['kindness', 'for the soup, and for asking how I really was'],
  ['kindness', 'for the patient review. I learnt more from it than from the whole course'],
  ['kindness', 'for making room in the meeting for those who had not spoken yet'],
  ['kindness', 'for remembering that Gwen presents for the first time today, and cheering her on'],
  ['kindness', 'for the handwritten card to the customer who had such a bad month'],
  ['kindness', 'for telling me the hard thing in private, and kindly'],
];

/** Who says what, where, on an ordinary day. */
export const CHAT: readonly (readonly [who: string, where: string, words: string])[] = [
  ['U0MARTA', 'general', 'Good morning! The new coffee machine is on the second floor.'],
  ['U0MARTA', 'general', 'Reminder: the all-hands is on Thursday at 15:00.'],
  ['U0ANA', 'general', 'The new onboarding guide is ready to be read. Corrections are welcome.'],
  ['U0BEN', 'general', 'Release 4.2 is out. The notes are where they always are.'],
  ['U0CHEN', 'general', 'Has anybody seen the grey adapter from the big meeting room?'],
  ['U0DIEGO', 'general', 'Lunch at the market today? We meet downstairs at 12:15.'],
  ['U0GUEST', 'general', 'Hello everybody, I help with the annual report until Christmas.'],
  ['U0BEN', 'pod-a', 'I look at the importer this morning.'],
  ['U0CHEN', 'pod-a', 'Stand-up notes are in the document. Two things are blocked, both on me.'],
  ['U0ANA', 'pod-a', 'Could somebody review the exporter before noon?'],
  ['U0BEN', 'craft', 'A good read on naming things: less is more.'],
  ['U0ANA', 'craft', 'I collected our favourite error messages. The winner has seven words.'],
  ['U0MARTA', 'secret-plans', 'The venue for the summer day is booked. Not a word to anybody.'],
];

/** What others answer in a thread. */
export const THANKS: readonly string[] = [
  'Well deserved!',
  'Seconded.',
  'That saved my week, too.',
  'Thank you, I learnt a lot from it.',
];
