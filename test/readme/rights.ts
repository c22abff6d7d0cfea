// The README's section "Who sees what", written from the permission table.
import {
  actionName,
  actions,
  conditions,
  may,
  type Part,
  parts,
  type Role,
  roles,
} from '../../src/recognition/permissions.js';

/** Between these the section stands; what is around it is nobody's business here. */
const markers = {
  start: '<!-- Written by `npm run readme` from src/recognition/permissions.ts. -->',
  end: '<!-- Until here. -->',
};

const roleNames: Record<Role, string> = {
  member: 'member',
  guest: 'guest',
  giver: 'its giver',
  recipient: 'who was thanked',
  leadOfTeam: 'lead of that team',
  otherLead: 'other lead',
  viewer: "who may see everyone's numbers",
  keeper: 'keeper',
  admin: 'workspace admin',
  foreign: 'other organisation',
  deactivated: 'deactivated account',
  bot: 'bot',
};

/** Where they may do the same, they share a column. */
const alike: Role[][] = [
  ['member', 'leadOfTeam', 'otherLead', 'viewer'],
  ['foreign', 'deactivated', 'bot'],
];

const isPart = (role: Role): role is Part => parts.some(part => part === role);

/** What a cell says. Somebody's part is shown for a member who has it. */
function cell(action: (typeof actions)[number], role: Role): string {
  const verdict = may(action, isPart(role) ? ['member', role] : [role]);
  if (verdict === 'yes') return 'yes';
  return verdict === 'no' ? '–' : conditions[verdict];
}

function isSame(one: Role, other: Role): boolean {
  return actions.every(action => cell(action, one) === cell(action, other));
}

/** The roles that stand above one column each, in their order. */
function columns(): Role[][] {
  const found: Role[][] = [];
  for (const role of roles) {
    const twin = found.find(
      ([first]) =>
        first !== undefined &&
        alike.some(group => group.includes(role) && group.includes(first)) &&
        isSame(role, first),
    );
    if (twin) twin.push(role);
    else found.push([role]);
  }
  return found;
}

/** The whole section, markers included. */
export function rightsSection(): string {
  const shown = columns();
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    markers.start,
    '',
    'Whoever presses, types or submits something is looked up and checked then, also when the button or the form was shown to somebody else. Which channels somebody reads is up to Slack: an announcement is for those in its channel. Somebody with several roles may do what each of them may; where a role that they have is barred from it, they are.',
    '',
    line(['may', ...shown.map(group => group.map(role => roleNames[role]).join(', '))]),
    line(['---', ...shown.map(() => '---')]),
    ...actions.map(action =>
      line([actionName(action), ...shown.map(([role]) => (role ? cell(action, role) : ''))]),
    ),
    '',
    "Keepers and those who may see everyone's numbers are named in the settings; workspace admins are Slack's. Naming somebody to see everyone's numbers is logged, told to them, and shown in Home.",
    '',
    markers.end,
  ].join('\n');
}

/** A README with the section as it is now. @throws when it has no place for it */
export function withRights(readme: string): string {
  const start = readme.indexOf(markers.start);
  const end = readme.indexOf(markers.end);
  if (start < 0 || end < start) throw new Error('README.md has no place marked for "Who sees what".');
  return readme.slice(0, start) + rightsSection() + readme.slice(end + markers.end.length);
}
