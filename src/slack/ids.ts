// The ids by which Slack tells us what was pressed, submitted or filled in.

export const actions = {
  openForm: 'open_form',
  /** Under a digest, for everyone: the empty form. */
  giveShoutout: 'give_shoutout',
  /** Under a digest, for everyone: all that it tells. */
  showAll: 'show_all',
  /** A page of that; Slack wants the ids of two buttons to differ, so the page follows. */
  showPage: 'show_page:',
  /** Asks for numbers: its value is what would be typed after `stats`; its place in the row follows. */
  askStats: 'ask_stats:',
  /** Under a person's numbers: all that they were thanked for; its value is as above. */
  showThanks: 'show_thanks',
  /** A page of that; the direction follows. */
  thanksPage: 'thanks_page:',
  edit: 'edit_shoutout',
  undo: 'undo_shoutout',
  /** One button for each value; Slack wants their ids to differ, so the slug follows. */
  addValue: 'add_value:',
  /** The overflow menu of an announcement. */
  menu: 'announcement_menu',
  /** The overflow menu of a message to a recipient. */
  directMenu: 'direct_menu',
  keepPrivate: 'keep_private',
  keepAllPrivate: 'keep_all_private',
  publicAgain: 'public_again',
  meToo: 'me_too',
  addWhy: 'add_why',
  stopAsking: 'stop_asking',
  keepShoutout: 'keep_shoutout',
  recordAgain: 'record_again',
  dropDraft: 'drop_draft',
  postAgain: 'post_again',
  itIsThere: 'it_is_there',
  setUp: 'set_up',
  /** Its value is a section of the settings. */
  openSettings: 'open_settings',
  giveFromHome: 'give_from_home',
  preference: 'preference',
  /** The names of those in a team who went unthanked; its value is JSON of the team's id and how many weeks. */
  unthanked: 'unthanked',
  stopBriefs: 'stop_briefs',
  startBriefs: 'start_briefs',
  awayUntil: 'away_until',
  back: 'back',
  /** Opens the list of values, to change them. */
  openValues: 'open_values',
  /** The overflow menu of a value in that list. */
  valueMenu: 'value_menu',
  newValue: 'new_value',
  /** One button for each direction; the page follows. */
  valuesPage: 'values_page:',
  /** Opens the list of teams, to change them. */
  openTeams: 'open_teams',
  /** The overflow menu of a team in that list. */
  teamMenu: 'team_menu',
  newTeam: 'new_team',
  /** One button for each direction; the page follows. */
  teamsPage: 'teams_page:',
  /** Who looked, a page of them; one button for each direction. */
  looksPage: 'looks_page:',
  /** A page of a team's table; one button for each direction. */
  teamPage: 'team_page:',
  /** How thanks are spread. */
  spread: 'spread',
  unthankedWeeks: 'unthanked_weeks',
  /** One button for each direction. */
  unthankedPage: 'unthanked_page:',
  /** The form with one person filled in; its value is their Slack id. */
  giveTo: 'give_to',
} as const;

export const callbacks = {
  give: 'give_shoutout',
  edit: 'edit_shoutout',
  undo: 'undo_shoutout',
  remove: 'remove_shoutout',
  report: 'report_shoutout',
  why: 'add_why',
  meToo: 'me_too',
  setUp: 'set_up',
  settings: 'settings',
  values: 'values',
  value: 'value',
  teams: 'teams',
  team: 'team',
  deleteTeam: 'delete_team',
} as const;

/** The shortcuts, as the manifest names them. */
export const shortcuts = { message: 'shoutout_for_message', global: 'shoutout_anywhere' } as const;

/** What the overflow menu of an announcement offers. */
export const menuChoices = ['edit', 'undo', 'remove', 'report'] as const;
export type MenuChoice = (typeof menuChoices)[number];

/** What the settings are grouped by; each can be changed alone. */
export const settingsSections = ['place', 'digest', 'giving', 'reactions', 'people'] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** The forms' fields; each block holds one input, whose action id is the same. */
export const fields = {
  recipients: 'recipients',
  teams: 'teams',
  values: 'values',
  message: 'message',
  impact: 'impact',
  visibility: 'visibility',
  channel: 'channel',
  reason: 'reason',
  keepers: 'keepers',
  viewers: 'viewers',
  shoutoutChannel: 'shoutout_channel',
  timeZone: 'time_zone',
  digestOn: 'digest_on',
  digestWeekday: 'digest_weekday',
  digestHour: 'digest_hour',
  digestChannel: 'digest_channel',
  required: 'required',
  dailyLimit: 'daily_limit',
  guests: 'guests',
  uncountedEmoji: 'uncounted_emoji',
  uncountedChannels: 'uncounted_channels',
  valueLines: 'value_lines',
  name: 'name',
  emoji: 'emoji',
  meaning: 'meaning',
  group: 'group',
  rosterChannel: 'roster_channel',
  leads: 'leads',
  teamDigest: 'team_digest',
} as const;
