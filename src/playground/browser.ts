// Opens an address in the person's browser, where there is a desktop to open it on.

import { spawn } from 'node:child_process';

/** Tries, and is silent when it cannot: the address has been printed. */
export function openBrowser(url: string): void {
  if (!process.stdout.isTTY || process.env.CI !== undefined) return;
  const opener = openerFor(process.platform);
  if (opener === undefined) return;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function openerFor(platform: NodeJS.Platform): [command: string, ...args: string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  const hasDesktop = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  return hasDesktop ? ['xdg-open'] : undefined;
}
